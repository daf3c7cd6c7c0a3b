import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { firstRun } from './measure/first-run';
import { watchGroup } from './measure/watch-group';

/**
 * `npm run measure`: measures how long a newcomer waits, beginning with a fresh clone of the last commit. With
 * `-- --test` it measures the test suite too. It prints the table of docs/local-run.md.
 */
async function main(): Promise<void> {
  const folder = join(mkdtempSync(join(tmpdir(), 'newcomer-')), 'clone');
  const env = { ...process.env, PORT: '0', LOCAL_DATA_DIR: join(folder, '.local') };
  execFileSync('git', ['clone', '--quiet', resolve(__dirname, '..'), folder]);
  try {
    row('on', `${availableParallelism()} cores, Node ${process.versions.node}`);
    row('---', '---');
    const installedMs = await installed(folder, env);
    const first = await started(folder, env);
    row('`npm start`, the first time, to the first 202', seconds(first.acceptedMs));
    row('install to first 202, both together', seconds(installedMs + first.acceptedMs));
    row('that run to `succeeded`, with its 2 s of delay', seconds(first.runMs));
    row('`npm start`, the first time, to the dashboard, which is built meanwhile', seconds(first.dashboardMs));
    const next = await started(folder, env);
    row('`npm start`, the next time, to a 202', seconds(next.acceptedMs));
    row('memory at most, npm included', `${next.peakMb} MB; while the dashboard is built ${first.peakMb} MB`);
    if (process.argv.includes('--test')) await tested(folder, env);
  } finally {
    rmSync(join(folder, '..'), { recursive: true, force: true });
  }
}

async function installed(folder: string, env: NodeJS.ProcessEnv): Promise<number> {
  const beganAtMs = performance.now();
  const npmCi = watchGroup(folder, ['ci'], env);
  if ((await npmCi.exited) !== 0) throw new Error(npmCi.output());
  row('`npm ci`', seconds(performance.now() - beganAtMs));
  return performance.now() - beganAtMs;
}

async function started(folder: string, env: NodeJS.ProcessEnv) {
  const beganAtMs = performance.now();
  const npmStart = watchGroup(folder, ['start'], env);
  try {
    const { acceptedAtMs, succeededAtMs, dashboardAtMs } = await firstRun(npmStart);
    return {
      acceptedMs: acceptedAtMs - beganAtMs,
      runMs: succeededAtMs - acceptedAtMs,
      dashboardMs: dashboardAtMs - beganAtMs,
      peakMb: npmStart.peakMb(),
    };
  } finally {
    await npmStart.stop();
  }
}

async function tested(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  const beganAtMs = performance.now();
  const npmTest = watchGroup(folder, ['test'], env);
  if ((await npmTest.exited) !== 0) throw new Error(npmTest.output());
  row('`npm test`', seconds(performance.now() - beganAtMs));
  row('memory of `npm test` at most, all processes', `${npmTest.peakMb()} MB`);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function row(what: string, figure: string): void {
  process.stdout.write(`| ${what} | ${figure} |\n`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
