import type { Metafile } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { buildFunctions } from '../bundle';
import { buildReferenceScript } from '../reference/script';

const projectFolder = resolve(__dirname, '..', '..');

/** What is deployed and contains parts of packages. */
export const places = ['functions', 'dashboard', 'reference page'] as const;
export type BundledPackages = Readonly<Record<(typeof places)[number], readonly string[]>>;

/** Folders of the packages, from the project's folder on, of which a part is in what is deployed. */
export function bundledPackages(): BundledPackages {
  return {
    functions: foldersOf(filesIn(buildFunctions({ write: false }).outputs)),
    dashboard: foldersOf(filesInDashboard()),
    'reference page': foldersOf([...filesIn(buildReferenceScript().outputs), ...filesInRedoc()]),
  };
}

function filesIn(outputs: Metafile['outputs']): string[] {
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
}

/**
 * The files of other packages that Redoc's file contains already, by its source map. Only those packages are listed that
 * are installed: the rest are loaders of its build, of which a few lines remain. The map does not name what is in the
 * worker that searches.
 */
function filesInRedoc(): string[] {
  const map = readFileSync(join(projectFolder, 'node_modules/redoc/bundles/redoc.browser.lib.js.map'), 'utf8');
  const { sources } = z.object({ sources: z.array(z.string()) }).parse(JSON.parse(map));
  return [...sources, 'node_modules/lunr/lunr.js']
    .map((source) => source.replace(/^.*?\/(?=node_modules\/)/, ''))
    .filter((source) => existsSync(join(projectFolder, source)));
}

function filesInDashboard(): string[] {
  const printed = execFileSync(process.execPath, ['bin/packages/list-dashboard.mjs'], {
    cwd: projectFolder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return z.array(z.string()).parse(JSON.parse(printed));
}

function foldersOf(files: readonly string[]): string[] {
  const folders = files.flatMap(
    (file) => /(?:^|\/)(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [],
  );
  return [...new Set(folders)].sort();
}
