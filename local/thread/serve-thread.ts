import { parentPort } from 'node:worker_threads';
import { LocalProblem } from '../local-problem';
import { questionSchema, type Reply } from './message';

/**
 * Answers the questions of the main thread. Call it in a file that `startThread` runs.
 *
 * @param answer gets what the main thread asked, as it was cloned; its answer is cloned too
 */
export function serveThread(answer: (question: unknown) => Promise<unknown>): void {
  const port = parentPort;
  if (port === null) throw new Error('This file runs only in a thread of its own.');
  port.on('message', (message: unknown) => {
    const { id, question } = questionSchema.parse(message);
    void reply(id, answer(question)).then((replied) => port.postMessage(replied));
  });
}

async function reply(id: number, answering: Promise<unknown>): Promise<Reply> {
  try {
    return { id, answer: await answering };
  } catch (error) {
    if (error instanceof LocalProblem) return { id, problem: error.message };
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
