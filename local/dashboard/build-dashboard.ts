import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  const page = join(projectFolder, 'dashboard', 'dist', 'index.html');
  const hashFile = join(projectFolder, '.build', 'dashboard-built-from');
  let building = false;
  let failure: string | undefined;
  let running: ChildProcess | undefined;

  async function build(): Promise<void> {
    const hash = hashSources(projectFolder, sourcesIn(projectFolder));
    const isBuilt = () => existsSync(page) && existsSync(hashFile) && readFileSync(hashFile, 'utf8') === hash;
    if (isBuilt()) return;
    mkdirSync(join(projectFolder, '.build'), { recursive: true });
    await withBuildLock(join(projectFolder, '.build', 'dashboard-lock'), async () => {
      if (isBuilt()) return;
      rmSync(hashFile, { force: true });
      running = startBuild(projectFolder);
      await endOf(running);
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

function sourcesIn(projectFolder: string): string[] {
  const parts = readdirSync(join(projectFolder, 'dashboard')).filter((name) => name !== 'dist');
  return [...parts.sort().map((name) => join('dashboard', name)), 'package-lock.json'];
}

/** As `npm run build:dashboard` does, without npm between us and it, so that it ends when we end it. */
function startBuild(projectFolder: string): ChildProcess {
  const vite = join(projectFolder, 'node_modules', 'vite', 'bin', 'vite.js');
  return spawn(process.execPath, [vite, 'build', 'dashboard', '--logLevel', 'warn'], {
    cwd: projectFolder,
    // A test runner's own NODE_ENV would make it a development build, of twice the size and half the speed.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
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
