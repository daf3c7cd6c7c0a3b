import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import '../local/without-sdk-notice';
import { runOperator } from './operator/run-operator';

/** `npm run operator -- <command>`. */
async function main(): Promise<void> {
  process.stdout.on('error', exitOnClosedPipe);
  process.exitCode = await runOperator(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    columns: process.stdout.columns,
    readInput,
    env: process.env,
    now: () => new Date(),
    sleep,
  });
}

function readInput(): Promise<string> {
  return text(process.stdin);
}

/** A reader such as `head` may close the pipe before everything is written, which is no failure. */
function exitOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}

void main();
