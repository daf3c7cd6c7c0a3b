import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';

const file = join(resolve(__dirname, '..', '..'), 'package-lock.json');
const recordSchema = z.record(z.string(), z.unknown());
const foldersSchema = z.record(z.string(), recordSchema);

const lockedSchema = z.object({
  name: z.optional(z.string()),
  version: z.string(),
  resolved: z.optional(z.string()),
  integrity: z.optional(z.string()),
  inBundle: z.optional(z.boolean()),
  dev: z.optional(z.boolean()),
  engines: z.optional(z.object({ node: z.optional(z.string()) })),
});

export type Locked = z.infer<typeof lockedSchema>;

/** The packages that npm fetches. Others are the project itself, or are contained in the file of another package. */
export function fetchedPackages(): [folder: string, locked: Locked][] {
  return foldersOf(readLock()).flatMap(([folder, value]): [string, Locked][] => {
    const locked = lockedSchema.parse(value);
    return folder === '' || locked.inBundle === true ? [] : [[folder, locked]];
  });
}

/**
 * Where a registry has the file of a package. The host stands for the registry that the machine is configured with:
 * `.npmrc` says so.
 */
export function addressOf(folder: string, { name, version }: Pick<Locked, 'name' | 'version'>): string {
  const fullName = name ?? folder.replace(/^.*node_modules\//, '');
  const [, lastName = fullName] = fullName.split('/');
  return `https://registry.invalid/${fullName}/-/${lastName}-${version}.tgz`;
}

/** Writes the address of each package where npm keeps it: after the version. Nothing else changes, not even the order. */
export function writeAddresses(): void {
  const fetched = new Map(fetchedPackages());
  const lock = readLock();
  const packages = foldersOf(lock).map(([folder, value]): [string, unknown] => {
    const locked = fetched.get(folder);
    if (locked === undefined) return [folder, value];
    const fields = Object.entries(value).flatMap(([field, one]): [string, unknown][] => {
      if (field === 'resolved') return [];
      return field === 'version'
        ? [
            [field, one],
            ['resolved', addressOf(folder, locked)],
          ]
        : [[field, one]];
    });
    return [folder, Object.fromEntries(fields)];
  });
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
}

function readLock(): z.infer<typeof recordSchema> {
  return recordSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function foldersOf({ packages }: z.infer<typeof recordSchema>): [string, z.infer<typeof recordSchema>][] {
  return Object.entries(foldersSchema.parse(packages));
}
