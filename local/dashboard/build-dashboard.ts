import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withBuildLock } from '../template/build-lock';
import { hashSources } from '../template/source-hash';

export type BuildState =
  { readonly is: 'built' | 'building' | 'missing' } | { readonly is: 'failed'; readonly output: string };

export interface DashboardBuild {
  readonly state: () => BuildState;
  /** Builds in the background, unless the files there are of these very sources. */
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
      await endOf(running);
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
          // Ended by our own stop, it is nobody's failure.
          if (running?.killed === true) return;
          failure = error instanceof Error ? error.message : String(error);
          report(`The dashboard could not be built; everything else works.\n\n${failure}`);
        })
        .finally(() => (building = false));
    },
    stop: () => {
      if (running?.exitCode === null) running.kill();
    },
  };
}

/** A build whose process was killed goes on by itself for a while: outside the others' folder it harms nobody. */
function emptyFolderIn(buildFolder: string): string {
  for (const name of readdirSync(buildFolder).filter((file) => /^dashboard-\d+$/.test(file)))
    rmSync(join(buildFolder, name), { recursive: true, force: true });
  return join(buildFolder, `dashboard-${process.pid}`);
}

function sourcesIn(projectFolder: string): string[] {
  const parts = readdirSync(join(projectFolder, 'dashboard')).filter((name) => name !== 'dist');
  return [...parts.sort().map((name) => join('dashboard', name)), 'package-lock.json'];
}

/** As `npm run build:dashboard` does, without npm between us and it, so that it ends when we end it. */
function startBuild(projectFolder: string, outDir: string): ChildProcess {
  const vite = join(projectFolder, 'node_modules', 'vite', 'bin', 'vite.js');
  return spawn(
    process.execPath,
    [vite, 'build', 'dashboard', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'],
    {
      cwd: projectFolder,
      // A test runner's own NODE_ENV would make it a development build, of twice the size and half the speed.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
}

async function endOf(build: ChildProcess): Promise<void> {
  let output = '';
  build.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  build.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    build.once('error', reject);
    build.once('close', resolve);
  });
  if (exitCode !== 0) throw new Error(output.trim());
}
