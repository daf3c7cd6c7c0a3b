import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { nextMessage } from '../../world/next-message';
import { loadResultSchema, type LoadPlan, type LoadResult } from './plan';

export interface RunningLoad {
  /** Stops the load and tells what became of its requests. */
  readonly stop: () => Promise<LoadResult>;
}

/** Starts a load in a process of its own, so that it does not share the event loop of the stack or of the quiet tenant. */
export function startLoad(plan: LoadPlan): RunningLoad {
  const child = fork(join(__dirname, 'send-load.ts'), { execArgv: ['--require', require.resolve('tsx/cjs')] });
  child.send(plan);
  return {
    async stop() {
      const result = nextMessage(child);
      child.send('stop');
      const told = loadResultSchema.parse(await result);
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
      return told;
    },
  };
}
