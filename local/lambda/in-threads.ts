import { join } from 'node:path';
import { functionLogSize } from '../function-log';
import { startThread, type OnCrash } from '../thread/start-thread';
import { invocationResultSchema } from './invoke';
import type { LoadFunction } from './loadable';

/**
 * Functions that are called by the same part of AWS share a thread. Most of their time goes into the SDK, so these three
 * keep the cores of a small machine busy; a thread for each function would only take more memory.
 */
export type Caller = 'api' | 'machine' | 'queue';

export interface FunctionThreads {
  /** Functions can be loaded once it is known who calls them. */
  readonly loadBy: (callerOf: (functionName: string) => Caller) => LoadFunction;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the threads of the functions at once, because that takes longer than until the first function can be loaded.
 */
export function startFunctionThreads(logFile: string, onCrash: OnCrash): FunctionThreads {
  const file = join(__dirname, 'thread.ts');
  const startFor = (caller: Caller) => startThread(file, `thread of functions that the ${caller} calls`, onCrash);
  const threads = { api: startFor('api'), machine: startFor('machine'), queue: startFor('queue') };
  const logSize = functionLogSize(logFile);
  return {
    loadBy: (callerOf) => (loadable) => {
      const { name } = loadable.resource;
      const thread = threads[callerOf(name)];
      const loaded = thread.ask({ load: loadable, logFile, logSize });
      // Whoever calls the function gets the error.
      loaded.catch(() => undefined);
      return async (event) => {
        await loaded;
        return invocationResultSchema.parse(await thread.ask({ call: name, event }));
      };
    },
    stop: async () => {
      await Promise.all(Object.values(threads).map((thread) => thread.stop()));
    },
  };
}
