import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { runOperator } from './operator/run-operator';

// The SDK's own switch for its notice about Node versions to come; nothing here is for the operator to act on.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** `npm run operator -- <command>`. */
async function main(): Promise<void> {
  process.stdout.on('error', leaveWhenNobodyReads);
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

/** `… | head` closes the pipe before everything is written: that is no failure. */
function leaveWhenNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}

void main();
