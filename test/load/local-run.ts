import { runOperator } from '../../bin/operator/run-operator';
import { openStack, type Stack } from '../e2e/stack';
import { pause, secondsSince } from './pause';

/** The local run, whichever process it is now. */
export interface Place {
  stack: Stack;
  /** Resolves when the product answers again. */
  up: Promise<void>;
  readonly restartSeconds: number[];
  readonly operate: (...args: string[]) => Promise<any>;
  killAndStart(): void;
}

export async function aPlace(): Promise<Place> {
  const place: Place = {
    stack: await openStack(),
    up: Promise.resolve(),
    restartSeconds: [],
    operate: (...args) => operate(place.stack, args),
    killAndStart() {
      place.up = (async () => {
        await place.stack.kill();
        const began = Date.now();
        place.stack = await openStack(place.stack.dataFolder);
        place.restartSeconds.push(secondsSince(began));
      })();
    },
  };
  return place;
}

/** The operator's command line in this process. */
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
  // `reconcile` says its differences and then that there are some.
  if (out === '') throw new Error(`operator ${args.join(' ')}: ${err}`);
  return JSON.parse(out);
}
