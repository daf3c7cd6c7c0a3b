import { Worker, type Transferable } from 'node:worker_threads';
import { LocalProblem } from '../local-problem';
import { replySchema, type Question } from './message';

export interface Thread {
  /** Sends a question and returns the answer. Both are cloned on their way, except what is transferred. */
  readonly ask: (question: unknown, transferred?: readonly Transferable[]) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

/** Ends the local run, because without one of its parts it would accept work that it can never finish. */
export type OnCrash = (problem: string) => void;

interface Asked {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Each thread has a heap of its own. A larger young generation is collected less often: at 16 MB a run takes a tenth
 * more of the processor's time, and at 64 MB the local run takes more than 500 MB under load.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 48 };

/**
 * Runs a file in a thread of its own, so that it has a processor core beside the main thread. A thread ends with the
 * process, even if that is killed, so it can never hold the table's files against the next local run.
 *
 * @param file a script of JavaScript that calls `serveThread`
 * @param name of the part as people know it, such as `table`
 */
export function startThread(file: string, name: string, onCrash: OnCrash): Thread {
  const worker = new Worker(file, { name, resourceLimits });
  const asked = new Map<number, Asked>();
  let lastId = 0;
  let stopping = false;
  let crashed: Error | undefined;

  worker.on('message', (message: unknown) => {
    const { id, answer, problem, error } = replySchema.parse(message);
    const { resolve, reject } = asked.get(id) ?? {};
    asked.delete(id);
    if (problem !== undefined) reject?.(new LocalProblem(problem));
    else if (error !== undefined) reject?.(new Error(error));
    else resolve?.(answer);
  });
  worker.on('error', (error) => crash(error.stack ?? error.message));
  worker.on('exit', (code) => crash(`It ended with the exit code ${code}.`));

  function crash(reason: string): void {
    if (stopping) return;
    stopping = true;
    const problem = `The ${name} stopped: ${reason}`;
    crashed = new Error(problem);
    for (const { reject } of asked.values()) reject(crashed);
    onCrash(problem);
  }

  return {
    ask: (question, transferred = []) =>
      new Promise((resolve, reject) => {
        if (crashed) {
          reject(crashed);
          return;
        }
        lastId += 1;
        asked.set(lastId, { resolve, reject });
        worker.postMessage({ id: lastId, question } satisfies Question, transferred);
      }),
    stop: async () => {
      stopping = true;
      await worker.terminate();
    },
  };
}
