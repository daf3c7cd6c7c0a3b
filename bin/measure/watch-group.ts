import { execFileSync, spawn, type ChildProcess } from 'node:child_process';

export interface WatchedGroup {
  /** Everything printed so far. */
  readonly output: () => string;
  readonly exited: Promise<number | null>;
  /** Peak resident memory in MB of the process and all its descendants together. Shared pages count more than once. */
  readonly peakMb: () => number;
  readonly stop: () => Promise<void>;
}

/** Starts an npm script in its own process group and samples the memory of the whole group twice a second. */
export function watchGroup(folder: string, args: readonly string[], env: NodeJS.ProcessEnv): WatchedGroup {
  const npm = spawn('npm', args, { cwd: folder, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  npm.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  npm.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let peakMb = 0;
  const timer = setInterval(() => (peakMb = Math.max(peakMb, groupMb(npm))), 500);
  const exited = new Promise<number | null>((resolve) => npm.once('close', resolve));
  void exited.then(() => clearInterval(timer));
  return {
    output: () => output,
    exited,
    peakMb: () => Math.round(peakMb),
    stop: async () => {
      if (npm.pid !== undefined && npm.exitCode === null) process.kill(-npm.pid, 'SIGTERM');
      await exited;
    },
  };
}

function groupMb({ pid }: ChildProcess): number {
  const lines = execFileSync('ps', ['-A', '-o', 'pgid=,rss='], { encoding: 'utf8' }).split('\n');
  const ofGroup = lines.map((line) => line.trim().split(/\s+/).map(Number)).filter(([group]) => group === pid);
  return ofGroup.reduce((total, [, kilobytes = 0]) => total + kilobytes / 1024, 0);
}
