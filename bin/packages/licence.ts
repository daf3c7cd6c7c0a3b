import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';

const projectFolder = resolve(__dirname, '..', '..');
const manifestSchema = z.object({ name: z.string(), version: z.string(), license: z.optional(z.string()) });

/** Licences that ask for nothing but to be named, so that the product may contain their packages. */
const allowed = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'CC0-1.0', 'BlueOak-1.0.0'];

/** What the texts are of the packages that do not name their licence, or not as SPDX does. A new version is read anew. */
const read: Readonly<Record<string, string>> = {
  'decko 1.2.0': 'MIT',
  'stickyfill 1.1.1': 'MIT',
  'url-template 2.0.8': 'BSD-3-Clause',
};

export interface Licence {
  readonly packageName: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly expression: string;
  /** The files about licences that the package ships, one after the other; empty if it ships none. */
  readonly text: string;
}

export function licenceOf(folder: string): Licence {
  const path = join(projectFolder, folder);
  const { name, version, license } = manifestSchema.parse(JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')));
  const files = readdirSync(path).filter((file) => /^(licen[cs]e|copying|notice|third.?party)[^/]*$/i.test(file));
  const texts = files.sort().map((file) => readFileSync(join(path, file), 'utf8').replace(/\r\n/g, '\n').trim());
  const expression = read[`${name} ${version}`] ?? license ?? 'none';
  return { packageName: name, version, expression, text: texts.join('\n\n') };
}

/** Tells whether the product may contain a package under this licence: one of the alternatives, and all of its parts. */
export function isAllowed(expression: string): boolean {
  const alternatives = expression.replace(/[()]/g, '').split(' OR ');
  return alternatives.some((alternative) => alternative.split(' AND ').every((part) => allowed.includes(part)));
}
