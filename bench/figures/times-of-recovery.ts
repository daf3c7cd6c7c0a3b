import { itemsOfPage } from '../../functions/aws/run/open-items';
import { functionLimits, functionNames, recoveryBudgetSeconds } from '../../functions/contract/functions';
import {
  deadlineGraceSeconds,
  expressDueSeconds,
  handOverDueSeconds,
  messageGraceSeconds,
  overdueMinutes,
  startDueSeconds,
} from '../../functions/domain/timetable';
import { maxPages } from '../../functions/recover-runs/due-items';
import { concurrency } from '../../functions/recover-runs/recover';
import { maxRestarts } from '../../functions/recover-runs/recover-run';
import { deadLetterDays, maxReceiveCount } from '../../lib/deliveries';
import { markdownTable } from '../markdown-table';
import { grouped, inTime } from './units';

export function recoveryTable(): string {
  return markdownTable(
    ['what happens', 'when'],
    [
      ['Recovery looks for overdue work', `each minute, for ${recoveryBudgetSeconds} s at most`],
      ['It works on', `${concurrency} items at a time; tenants take turns`],
      ['It reads in one pass', `${grouped(maxPages * itemsOfPage)} items at most`],
      ['It starts a run that never began', `${startDueSeconds} s after it was accepted`],
      ['It resumes an interrupted Express run', `${expressDueSeconds} s after its first segment, or earlier`],
      ['It resumes a run whose hand-over was lost', `${handOverDueSeconds} s after the last segment`],
      ['It queues a delivery again whose message was lost', `${inTime(messageGraceSeconds)} after it was due`],
      ['It ends a run with `run_interrupted`', `after ${maxRestarts} restarts since it was last throttled`],
      ['It ends a run with `run_timed_out`', `${inTime(deadlineGraceSeconds)} beyond its delays`],
      ['The nightly comparison calls something `overdue`', `${overdueMinutes} min after it was due`],
      [
        'A delivery message becomes a dead letter',
        `after ${maxReceiveCount} failed tries; it is kept for ${deadLetterDays} days`,
      ],
    ],
  );
}

export function functionTable(): string {
  return markdownTable(
    ['function', 'ends after', 'memory'],
    functionNames.map((name) => {
      const { timeoutSeconds, memoryMb } = functionLimits[name];
      return [`\`${name}\``, inTime(timeoutSeconds), `${memoryMb} MB`];
    }),
  );
}
