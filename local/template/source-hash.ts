import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** All sources of the template and the bundles. The lock file represents the packages. */
const builtFrom = [
  'bin/workflows.ts',
  'bin/bundle.ts',
  'bin/documents.ts',
  'bin/deps-to-describe.ts',
  'bin/reference',
  'dashboard/reference',
  'lib',
  'functions',
  'cdk.json',
  'tsconfig.json',
  'package-lock.json',
] as const;

/** Hashes names and contents, so that a renamed, added or removed file counts as a change. */
export function hashSources(projectFolder: string, sources: readonly string[] = builtFrom): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesUnder(join(projectFolder, source)))) {
    const content = readFileSync(file);
    hash.update(`${relative(projectFolder, file)}\0${content.byteLength}\0`).update(content);
  }
  return hash.digest('hex');
}

function filesUnder(path: string): string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return [];
  if (stats.isFile()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}
