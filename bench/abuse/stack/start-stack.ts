import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runOperator } from '../../../bin/operator/run-operator';
import type { Connection } from '../../../local/connection';
import { nextMessage } from '../../world/next-message';
import { cpuSchema, readySchema } from './messages';

/** The whole product on this machine, in a process of its own with its own data. */
export interface AbusedStack {
  readonly connection: Connection;
  /** Address of the program of `bare-program.ts`, which runs on the same thread. */
  readonly bareProgram: string;
  /** Runs a command of the operator. @returns its `--json` output */
  readonly operate: (...args: string[]) => Promise<unknown>;
  /** Processor time that the stack has used so far, in ms. */
  readonly cpuMs: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

/** The memory that `npm start` allows. */
const memory = '--max-old-space-size=320';

export async function startStack(): Promise<AbusedStack> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'workflows-abuse-'));
  const child = fork(join(__dirname, 'serve-stack.ts'), [dataFolder], {
    execArgv: [memory, '--require', require.resolve('tsx/cjs')],
  });
  const { connection, bareProgram } = readySchema.parse(await nextMessage(child));
  return {
    connection,
    bareProgram,
    operate: (...args) => operate(dataFolder, args),
    async cpuMs() {
      const answer = nextMessage(child);
      child.send('cpu');
      return cpuSchema.parse(await answer).cpuMs;
    },
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

async function operate(dataFolder: string, args: readonly string[]): Promise<unknown> {
  let [out, err] = ['', ''];
  const exitCode = await runOperator([...args, '--local', '--json'], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    columns: 100,
    readInput: () => Promise.resolve(''),
    sleep: () => Promise.resolve(),
    env: { ...process.env, LOCAL_DATA_DIR: dataFolder },
    now: () => new Date(),
  });
  if (exitCode !== 0) throw new Error(`operator ${args.join(' ')}: ${err}`);
  return JSON.parse(out);
}
