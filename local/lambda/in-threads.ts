import type { MessagePort } from 'node:worker_threads';
import { shareFunctionLog } from '../function-log';
import { startThread, type OnCrash } from '../thread/start-thread';
import { invocationResultSchema } from './invoke';
import type { LoadFunction } from './loadable';

/**
 * Who waits for a function: callers of the API, or nobody but the run itself. The two share the functions' work about
 * equally, so a thread for each keeps the cores of a small machine busy; more threads would only take more memory.
 */
export type Caller = 'api' | 'background';

export interface FunctionThreads {
  /** Functions can be loaded once it is known who calls them. */
  readonly loadBy: (callerOf: (functionName: string) => Caller) => LoadFunction;
  /** Lets the functions ask an engine from thread to thread instead of at its address. Call it before loading them. */
  readonly wire: (endpoint: string, open: () => Promise<MessagePort>) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** @param file the bundle of `thread.ts` */
export function startFunctionThreads(file: string, logFile: string, onCrash: OnCrash): FunctionThreads {
  const threads = {
    api: startThread(file, 'thread of the API', onCrash),
    background: startThread(file, 'thread of background work', onCrash),
  };
  const sharedLog = shareFunctionLog(logFile);
  return {
    loadBy: (callerOf) => (loadable) => {
      const { name } = loadable.resource;
      const thread = threads[callerOf(name)];
      const loaded = thread.ask({ load: loadable, logFile, sharedLog });
      // Whoever calls the function gets the error.
      loaded.catch(() => undefined);
      return async (event) => {
        await loaded;
        return invocationResultSchema.parse(await thread.ask({ call: name, event }));
      };
    },
    wire: async (endpoint, open) => {
      await Promise.all(
        Object.values(threads).map(async (thread) => {
          const port = await open();
          await thread.ask({ wire: port, endpoint }, [port]);
        }),
      );
    },
    stop: async () => {
      await Promise.all(Object.values(threads).map((thread) => thread.stop()));
    },
  };
}
