import type { Answered, Operation, SeenRun } from '../../load/history/operation';
import { answers, before, countAccepted, shownAs, started, type Answer } from './answers';

/** A history with a fault that was put into a recorded one, and the object that the judge must find at fault. */
export interface Planted {
  readonly operations: readonly Operation[];
  readonly tenant: string;
  readonly object: string;
}

/** A read of the usage is answered with what the read before it was answered, although more runs were accepted since. */
export function plantStaleUsage(history: readonly Operation[]): Planted {
  const reads = answers(history, 'usage');
  const stale = reads.findLast(
    (read) => countAccepted(history, read) > (before(reads, read)?.answered.used ?? Infinity),
  )!;
  return planted(replaced(history, stale, before(reads, stale)!.answered), stale, 'the counter');
}

/** A list is answered with what the list before it was answered, without a run that was accepted since. */
export function plantStaleList(history: readonly Operation[]): Planted {
  const lists = answers(history, 'list').filter(({ asked }) => !('wanted' in asked) && !('before' in asked));
  const missing = (list: Answer) => {
    const earlier = before(lists, list)?.answered.runs?.[0]?.id ?? Infinity;
    return started(history).find(
      ({ tenant, return_us: at, answered }) =>
        tenant === list.tenant && at < list.call_us && answered.run!.id > earlier,
    );
  };
  const stale = lists.findLast((list) => missing(list) !== undefined)!;
  return planted(replaced(history, stale, before(lists, stale)!.answered), stale, nameOf(missing(stale)!));
}

/** An accepted run is in no list. */
export function plantLostRun(history: readonly Operation[]): Planted {
  const lost = started(history).at(100)!;
  return planted(withoutRun(history, lost), lost, nameOf(lost));
}

/** A run that was shown as succeeded is missing in a later list of those that succeeded. */
export function plantFilteredOut(history: readonly Operation[]): Planted {
  const succeeded = ({ answered }: Answer) => answered.runs!.filter(({ status }) => status === 'succeeded');
  const list = answers(history, 'list').find((each) => succeeded(each).length > 1)!;
  const [missing, ...runs] = succeeded(list);
  const operation: Operation = {
    ...{ tenant: list.tenant, client: list.client, asked: { operation: 'list', wanted: 'succeeded' } },
    ...{ call_us: list.return_us + 1, return_us: list.return_us + 2 },
    answered: { status: 200, runs, has_more: true },
  };
  return planted([...history, operation], list, `run ${missing!.id}`);
}

/** A run gets the number that another one has. */
export function plantDuplicateNumber(history: readonly Operation[]): Planted {
  const [one, other] = twoStartsOf(history);
  const answered = { ...other.answered, run: one.answered.run! };
  return planted(replaced(history, other, answered), other, 'the counter');
}

/** Two requests with one idempotency key start a run each. */
export function plantKeyWithTwoRuns(history: readonly Operation[]): Planted {
  const [one, other] = twoStartsOf(history);
  const key = keyOf(one);
  const operations = history.map((each) => (each === other ? { ...each, asked: { ...each.asked, key } } : each));
  return planted(operations, other, `key "${key}"`);
}

/** A list shows a run that nobody started. */
export function plantUnknownRun(history: readonly Operation[]): Planted {
  const list = answers(history, 'list').findLast(
    ({ answered, asked }) => answered.runs!.length > 0 && !('before' in asked),
  )!;
  const id = list.answered.runs![0]!.id + 1;
  const runs = [{ id, status: list.answered.runs![0]!.status }, ...list.answered.runs!];
  return planted(replaced(history, list, { ...list.answered, runs }), list, `run ${id}`);
}

/** A run that was shown as succeeded is cancelled all the same. */
export function plantCancelAfterEnd(history: readonly Operation[]): Planted {
  const { list, run } = shownAs(history, 'succeeded');
  const operation: Operation = {
    ...{ tenant: list.tenant, client: 'canceller', asked: { operation: 'cancel', run: run.id } },
    ...{ call_us: list.return_us + 1, return_us: list.return_us + 2 },
    answered: { status: 200, run: { ...run, status: 'cancelled' }, replayed: false },
  };
  return planted([...history, operation], list, `run ${run.id}`);
}

/** A run that was shown as succeeded is shown as running later. */
export function plantStepBack(history: readonly Operation[]): Planted {
  const { list, run } = shownAs(history, 'succeeded');
  return planted(shownLater(history, list, { ...run, status: 'running' }), list, `run ${run.id}`);
}

/** A run whose cancellation was accepted is shown as succeeded later. */
export function plantLostCancellation(history: readonly Operation[]): Planted {
  const cancelled = answers(history, 'cancel').find(({ answered }) => answered.status === 200)!;
  const run = { ...cancelled.answered.run!, status: 'succeeded' };
  return planted(shownLater(history, cancelled, run), cancelled, `run ${run.id}`);
}

function planted(operations: readonly Operation[], { tenant }: Operation, object: string): Planted {
  return { operations, tenant, object };
}

function twoStartsOf(history: readonly Operation[]): readonly [Answer, Answer] {
  const one = started(history).at(50)!;
  return [one, started(history).findLast(({ tenant }) => tenant === one.tenant)!];
}

function keyOf({ asked }: Operation): string {
  return 'key' in asked ? asked.key! : '';
}

function replaced(history: readonly Operation[], one: Operation, answered: Answered): Operation[] {
  return history.map((each) => (each === one ? { ...each, answered } : each));
}

function nameOf({ answered }: Answer): string {
  return `run ${answered.run!.id}`;
}

function withoutRun(history: readonly Operation[], { tenant, answered: { run } }: Answer): Operation[] {
  return history.map((each) =>
    each.tenant === tenant && each.answered?.runs !== undefined
      ? { ...each, answered: { ...each.answered, runs: each.answered.runs.filter(({ id }) => id !== run!.id) } }
      : each,
  );
}

/** Changes how the last list shows a run. */
function shownLater(history: readonly Operation[], { tenant }: Operation, run: SeenRun): Operation[] {
  const last = answers(history, 'list').findLast(
    (list) =>
      list.tenant === tenant && !('wanted' in list.asked) && list.answered.runs!.some(({ id }) => id === run.id),
  )!;
  const runs = last.answered.runs!.map((each) => (each.id === run.id ? run : each));
  return replaced(history, last, { ...last.answered, runs });
}
