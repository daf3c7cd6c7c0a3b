import { fork, type ChildProcess } from 'node:child_process';
import { mergeCoverage } from './coverage';
import type { Coverage, Failure, Order, Report, Story } from './messages';

/** What came of playing many schedules. */
export interface Played {
  readonly schedules: number;
  readonly steps: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly failures: readonly Failure[];
  readonly coverage: Coverage;
}

interface PlayOptions {
  readonly from: number;
  readonly count: number;
  readonly workers: number;
  /** Ends when one of these promises is broken. */
  readonly stopAt?: readonly string[];
  readonly onProgress?: (schedules: number, failures: number) => void;
}

/** Plays schedules in several processes. @param file the bundle that they run */
export async function play(
  file: string,
  { from, count, workers, stopAt = [], onProgress }: PlayOptions,
): Promise<Played> {
  const began = performance.now();
  const failures: Failure[] = [];
  let [schedules, steps, cpuSeconds] = [0, 0, 0];
  const coverages: Coverage[] = [];
  const children = Array.from({ length: Math.min(workers, count) }, () => startWorker(file));
  const stopOthers = (but: ChildProcess) => {
    for (const child of children) if (child !== but) child.kill();
  };
  const playing = children.map((child, index) => {
    const order: Order = { kind: 'play', from: from + index, to: from + count, everyNth: children.length, stopAt };
    return ask(child, order, (said) => {
      if (said.kind === 'played') {
        steps += said.steps;
        cpuSeconds += said.cpuSeconds;
        coverages.push(said.coverage);
        return true;
      }
      if (said.kind !== 'progress') return false;
      schedules += said.played;
      failures.push(...said.failures);
      onProgress?.(schedules, failures.length);
      if (said.failures.some(({ broken }) => broken.some(({ promise }) => stopAt.includes(promise)))) stopOthers(child);
      return false;
    });
  });
  await Promise.all(playing);
  const seconds = (performance.now() - began) / 1000;
  failures.sort((one, other) => one.seed - other.seed);
  return { schedules, steps, seconds, cpuSeconds, failures, coverage: mergeCoverage(coverages) };
}

/** Tells one schedule. */
export async function tell(file: string, seed: number, shrink: boolean): Promise<Story> {
  let story: Story | undefined;
  await ask(startWorker(file), { kind: 'tell', seed, shrink }, (said) => {
    if (said.kind !== 'told') return false;
    story = said.story;
    return true;
  });
  if (story === undefined) throw new Error(`The schedule of seed ${seed} could not be told`);
  return story;
}

function startWorker(file: string): ChildProcess {
  return fork(file, [], {
    // Most of what a schedule makes is garbage when it ends, so a large nursery saves a tenth of the time.
    execArgv: ['--max-semi-space-size=64', '--disable-warning=ExperimentalWarning'],
    env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
}

/** Gives an order, and hands on what is said until `isLast` is true of it, or the worker has ended. */
function ask(child: ChildProcess, order: Order, isLast: (said: Report) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('message', (said: Report) => {
      if (isLast(said)) child.disconnect();
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0 || signal === 'SIGTERM') resolve();
      else reject(new Error(`A worker ended with ${String(code ?? signal)}`));
    });
    child.send(order);
  });
}
