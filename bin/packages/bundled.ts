import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import * as z from 'zod/mini';
import { buildFunctions } from '../bundle';

const projectFolder = resolve(__dirname, '..', '..');

/** Folders of the packages, from the project's folder on, of which a part is in what is deployed. */
export function bundledPackages(): Record<'functions' | 'dashboard', string[]> {
  return { functions: foldersOf(filesInFunctions()), dashboard: foldersOf(filesInDashboard()) };
}

function filesInFunctions(): string[] {
  const { outputs } = buildFunctions({ write: false });
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
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
