import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withBuildLock } from '../template/build-lock';
import { hashSources } from '../template/source-hash';

export type BuildState =
  { readonly is: 'built' | 'building' | 'missing' } | { readonly is: 'failed'; readonly output: string };

export interface DashboardBuild {
  readonly state: () => BuildState;
  /** Builds in the background, unless the existing files were built from the current sources. */
  readonly start: (report: (problem: string) => void) => void;
  readonly stop: () => void;
}

/** The production build of the dashboard, in `dashboard/dist`. */
export function dashboardBuild(projectFolder: string): DashboardBuild {
  const dist = join(projectFolder, 'dashboard', 'dist');
  const page = join(dist, 'index.html');
  const buildFolder = join(projectFolder, '.build');
  const hashFile = join(buildFolder, 'dashboard-built-from');
  let building = false;
  let failure: string | undefined;
  let running: ChildProcess | undefined;

  async function build(): Promise<void> {
    const hash = hashSources(projectFolder, sourcesIn(projectFolder));
    const isBuilt = () => existsSync(page) && existsSync(hashFile) && readFileSync(hashFile, 'utf8') === hash;
    if (isBuilt()) return;
    mkdirSync(buildFolder, { recursive: true });
    await withBuildLock(join(buildFolder, 'dashboard-lock'), async () => {
      if (isBuilt()) return;
      rmSync(hashFile, { force: true });
      const next = emptyFolderIn(buildFolder);
      running = startBuild(projectFolder, next);
      await exitOf(running);
      rmSync(dist, { recursive: true, force: true });
      renameSync(next, dist);
      writeFileSync(hashFile, hash);
    });
  }

  return {
    state: () => {
      if (failure !== undefined) return { is: 'failed', output: failure };
      if (building) return { is: 'building' };
      return { is: existsSync(page) ? 'built' : 'missing' };
    },
    start: (report) => {
      building = true;
      build()
        .catch((error: unknown) => {
          // We killed the build ourselves in `stop`, so this is not a failure.
          if (running?.killed === true) return;
          failure = error instanceof Error ? error.message : String(error);
          report(`The dashboard could not be built. Everything else works.\n\n${failure}`);
        })
        .finally(() => (building = false));
    },
    stop: () => {
      if (running?.exitCode === null) running.kill();
    },
  };
}

/**
 * A path for this build, after removing those of earlier builds. Each process builds into its own folder, because a
 * killed build goes on writing for a while and must not write into the next one's folder.
 */
function emptyFolderIn(buildFolder: string): string {
  for (const name of readdirSync(buildFolder).filter((file) => /^dashboard-\d+$/.test(file)))
    rmSync(join(buildFolder, name), { recursive: true, force: true });
  return join(buildFolder, `dashboard-${process.pid}`);
}

function sourcesIn(projectFolder: string): string[] {
  // The reference page is built with the stack: see bin/documents.ts.
  const parts = readdirSync(join(projectFolder, 'dashboard')).filter((name) => !['dist', 'reference'].includes(name));
  return [...parts.sort().map((name) => join('dashboard', name)), 'package-lock.json'];
}

/** Starts the same build as `npm run build:dashboard`, but without npm, so that killing the process ends the build. */
function startBuild(projectFolder: string, outDir: string): ChildProcess {
  const vite = join(projectFolder, 'node_modules', 'vite', 'bin', 'vite.js');
  return spawn(
    process.execPath,
    [vite, 'build', 'dashboard', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'],
    {
      cwd: projectFolder,
      // With the NODE_ENV of a test runner, vite would make a development build of twice the size and half the speed.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
}

async function exitOf(build: ChildProcess): Promise<void> {
  let output = '';
  build.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  build.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    build.once('error', reject);
    build.once('close', resolve);
  });
  if (exitCode !== 0) throw new Error(output.trim());
}
