import * as z from 'zod/mini';
import { isTerminal } from '../../run-status';
import { runSchema, type RunErrorCode } from '../run';
import { hourIn } from './window';

/** What is read of a run to count it. */
export const countedRunSchema = z.pick(runSchema, { id: true, status: true, created_at: true, error: true });
export type CountedRun = z.infer<typeof countedRunSchema>;

const outcomesSchema = z.object({
  succeeded: z.int(),
  failed: z.int(),
  cancelled: z.int(),
  /** Failed runs by the code of their first failure. */
  codes: z.record(z.string(), z.int()),
});
export type Outcomes = z.infer<typeof outcomesSchema>;

/**
 * The outcomes of a tenant's runs so far, by the UTC hour in which they were accepted. It is filled when somebody looks, so
 * that no run pays for it. What is counted here never changes, because a run that has ended stays as it is.
 */
export const tallySchema = z.object({
  /** Every run up to this number is counted, except those in `open`. */
  upto: z.int(),
  /** When the last run was accepted that is counted or open; null before the first. */
  upto_at: z.nullable(z.string()),
  /** Numbers of runs up to `upto` that had not ended. */
  open: z.array(z.int()),
  hours: z.record(z.string(), outcomesSchema),
});
export type Tally = z.infer<typeof tallySchema>;

export const emptyTally: Tally = { upto: 0, upto_at: null, open: [], hours: {} };

/** The open runs are read one by one with every answer, in one request for up to 100. */
const maxOpen = 100;

/** A number of the list of runs. It has no run if it is void. */
export interface NumberRead {
  readonly id: number;
  readonly run: CountedRun | undefined;
}

interface Seen {
  /** The runs of `tally.open`, as they are now. */
  readonly open: readonly CountedRun[];
  /** The numbers above `tally.upto`, ascending. */
  readonly later: readonly NumberRead[];
  /** The first instant that is counted. */
  readonly since: string;
  /** Whether no number below this one can still become a run. */
  readonly isFinal: (number: NumberRead) => boolean;
}

interface Moved {
  readonly tally: Tally;
  /** The runs that the tally could not pass yet. */
  readonly left: readonly CountedRun[];
  /** The runs that are open although the tally has passed them. */
  readonly open: readonly CountedRun[];
  /** How many rows the next answer need not read again. */
  readonly spared: number;
}

/** Moves a tally forward: as far as numbers are final, and until it has as many open runs as it may hold. */
export function moveTally(tally: Tally, { open: before, later, since, isFinal }: Seen): Moved {
  const hours = new Map(Object.entries(tally.hours).filter(([hour]) => hour >= hourIn(since)));
  const open = before.filter((run) => !isTerminal(run.status) && run.created_at >= since);
  for (const run of before) if (isTerminal(run.status)) count(hours, run, since);

  let { upto, upto_at: uptoAt } = tally;
  let passed = 0;
  for (const [index, number] of later.entries()) {
    const { run } = number;
    if (run !== undefined && !isTerminal(run.status) && open.length === maxOpen) break;
    // A void number is as final as the next run, so it is passed together with that.
    if (!isFinal(number)) {
      if (run === undefined) continue;
      break;
    }
    upto = number.id;
    passed = index + 1;
    if (run === undefined) continue;
    uptoAt = run.created_at;
    if (!isTerminal(run.status)) {
      if (run.created_at >= since) open.push(run);
    } else count(hours, run, since);
  }
  return {
    tally: { upto, upto_at: uptoAt, open: open.map(({ id }) => id), hours: Object.fromEntries(hours) },
    left: later.slice(passed).flatMap(({ run }) => run ?? []),
    open,
    spared: passed + tally.open.length - open.filter(({ id }) => tally.open.includes(id)).length,
  };
}

/** Outcomes are exchanged and never changed, because a tally that was read may be shared. */
function count(hours: Map<string, Outcomes>, run: CountedRun, since: string): void {
  if (run.created_at < since) return;
  const hour = hourIn(run.created_at);
  const counted = addOutcome(hours.get(hour) ?? noOutcomes, run);
  hours.set(hour, counted);
}

export const noOutcomes: Outcomes = { succeeded: 0, failed: 0, cancelled: 0, codes: {} };

/** @param run a run that has ended; any other changes nothing */
export function addOutcome(outcomes: Outcomes, { status, error }: CountedRun): Outcomes {
  switch (status) {
    case 'queued':
    case 'running':
      return outcomes;
    case 'failed':
      return { ...outcomes, failed: outcomes.failed + 1, codes: addCode(outcomes.codes, error?.code) };
    case 'succeeded':
    case 'cancelled':
      return { ...outcomes, [status]: outcomes[status] + 1 };
  }
}

function addCode(codes: Outcomes['codes'], code: RunErrorCode | undefined): Outcomes['codes'] {
  return code === undefined ? codes : { ...codes, [code]: (codes[code] ?? 0) + 1 };
}
