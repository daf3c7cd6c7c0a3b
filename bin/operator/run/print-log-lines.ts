import type { Session } from '../command/session';
import type { LogRead, LogTail } from '../deployment/log-tail';
import { printable } from '../terminal/printable';
import type { RunChange } from './changes';

/** CloudWatch Logs shows a line some seconds after it was written. */
const lateMs = 5_000;
/** Refused reads after the end of the run, after which the command gives up: a minute of nothing else. */
const maxLateRefusals = 60;

export function logPrinter(
  session: Session,
  tail: LogTail,
  { pollMs, print }: { readonly pollMs: number; readonly print: (change: RunChange) => void },
) {
  async function printNewLines(): Promise<LogRead> {
    const read = await tail.read();
    for (const line of read.lines) print({ json: { kind: 'log', line }, text: printable(line) });
    return read;
  }

  return {
    printNewLines,

    /** Prints what appears after the run has ended. @returns false if AWS refused to show all of it */
    async printLateLines(last: LogRead): Promise<boolean> {
      const enoughAtMs = session.now().getTime() + lateMs;
      let refusals = 0;
      for (let read = last; read.completeAtMs < enoughAtMs;) {
        if (refusals === maxLateRefusals) return false;
        await session.terminal.sleep(pollMs);
        read = await printNewLines();
        if (read.isThrottled) refusals += 1;
      }
      return true;
    },
  };
}
