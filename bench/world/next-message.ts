import type { ChildProcess } from 'node:child_process';

/** Waits for the next message of a child process. The promise rejects if the process ends first. */
export function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => {
      reject(new Error(`A child process of the benchmark ended with the exit code ${code}`));
    };
    child.once('exit', onExit).once('message', (message) => {
      child.off('exit', onExit);
      resolve(message);
    });
  });
}
