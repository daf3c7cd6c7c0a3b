import { build } from 'esbuild';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withBuildLock } from '../template/build-lock';
import { hashSources } from '../template/source-hash';

/** Parts of the local run with a thread of their own, by the folder whose `thread.ts` the thread runs. */
type Part = 'table' | 'lambda';

const parts: readonly Part[] = ['table', 'lambda'];

/** All that the threads are bundled from. The lock file represents the packages. */
const bundledFrom = ['local', 'functions/contract/table.ts', 'package-lock.json', 'tsconfig.json'];

/**
 * Bundles the files of the threads, unless `.build/` already contains them for the current sources. A thread would take
 * five times as long to compile and load the sources itself, and all of them start at once.
 *
 * @returns the file that the threads of a part run
 */
export async function bundleThreads(projectFolder: string): Promise<(part: Part) => string> {
  const buildFolder = join(projectFolder, '.build');
  const folder = join(buildFolder, 'threads');
  const hashFile = join(buildFolder, 'threads-built-from');
  const hash = hashSources(projectFolder, bundledFrom);
  const isBundled = () => existsSync(folder) && existsSync(hashFile) && readFileSync(hashFile, 'utf8') === hash;
  if (!isBundled()) {
    mkdirSync(buildFolder, { recursive: true });
    await withBuildLock(join(buildFolder, 'threads-lock'), async () => {
      if (isBundled()) return;
      rmSync(hashFile, { force: true });
      await bundle(projectFolder, folder);
      writeFileSync(hashFile, hash);
    });
  }
  return (part) => join(folder, part, 'thread.js');
}

async function bundle(projectFolder: string, outdir: string): Promise<void> {
  await build({
    entryPoints: parts.map((part) => join(projectFolder, 'local', part, 'thread.ts')),
    outdir,
    outbase: join(projectFolder, 'local'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    // The engine has native code, and its package must be the one that `parseOnce` and `readAtOnce` change.
    external: ['dynalite', 'level'],
    logLevel: 'error',
  });
}
