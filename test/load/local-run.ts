import { runOperator } from '../../bin/operator/run-operator';
import { openStack, type Stack } from '../e2e/stack';
import { pause, secondsSince } from './pause';

/** The product on this machine (`npm start`). After a kill, another process continues on the same data. */
export interface LocalRun {
  stack: Stack;
  /** Resolves when the product accepts requests again. */
  up: Promise<void>;
  readonly restartSeconds: number[];
  readonly operate: (...args: string[]) => Promise<any>;
  killAndStart(): void;
}

export async function startLocalRun(): Promise<LocalRun> {
  const localRun: LocalRun = {
    stack: await openStack(),
    up: Promise.resolve(),
    restartSeconds: [],
    operate: (...args) => operate(localRun.stack, args),
    killAndStart() {
      localRun.up = (async () => {
        await localRun.stack.kill();
        const began = Date.now();
        localRun.stack = await openStack(localRun.stack.dataFolder);
        localRun.restartSeconds.push(secondsSince(began));
      })();
    },
  };
  return localRun;
}

/** Runs a command of the operator's command line in this process. */
async function operate({ dataFolder }: Stack, args: readonly string[]): Promise<any> {
  let [out, err] = ['', ''];
  await runOperator([...args, '--local', '--json'], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    columns: 100,
    readInput: () => Promise.resolve(''),
    sleep: pause,
    env: { ...process.env, LOCAL_DATA_DIR: dataFolder },
    now: () => new Date(),
  });
  // `reconcile` prints its differences and then fails because there are some, so only an empty output is an error here.
  if (out === '') throw new Error(`operator ${args.join(' ')}: ${err}`);
  return JSON.parse(out);
}
