import { judgeWrite } from '../judge';
import { admissionActs as acts } from './acts';
import {
  claimText,
  counterText,
  dayOf,
  numberText,
  type Around,
  type Claim,
  type Counter,
  type NumberRow,
} from './rows';

interface Change<Row> {
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

const counterOrNone = (row: Counter | undefined) => (row === undefined ? 'no tenant' : counterText(row));

/** @param operator whether a person at the command line made the change, who may set caps and repair counts */
export function judgeCounter(change: Change<Counter>, around: Around, operator: boolean): string | undefined {
  const { before, after } = change;
  // A tenant begins with nothing counted.
  if (before === undefined)
    return after?.last === 0 && after.settled === 0 ? undefined : 'a tenant begins with numbers';
  if (after === undefined) return 'a tenant is deleted';
  if (counterText(before) === counterText(after)) return undefined;
  if (operator && counterText({ ...before, used: after.used, due: after.due }) === counterText(after)) return undefined;
  const refunded = after.voided.filter((number) => !before.voided.includes(number));
  const moved = Object.keys(before.before).filter((day) => after.before[day] === undefined);
  const forgotten = before.voided.filter((number) => !after.voided.includes(number));
  return judgeWrite(
    [
      ...Object.keys(after.used).map((day) => acts.count(day)),
      ...refunded.map((number) => acts.refund(number, dayOf(before, number) ?? '')),
      acts.close(before.settled, after.settled, forgotten, moved),
      acts.note(),
      acts.forget(after.settled),
      ...(operator ? [acts.setCap(after.cap)] : []),
    ],
    change,
    around,
    (row) => counterOrNone(row),
  );
}

export function judgeNumber(number: number, change: Change<NumberRow>, around: Around): string | undefined {
  const { before, after } = change;
  // Everything else in the row of a run is none of the model's.
  if (before !== undefined && numberText(before) === numberText(after)) return undefined;
  return judgeWrite(
    [acts.putVoid(number), ...(after?.kind === 'run' ? [acts.put(number, after.uid, after.key)] : [])],
    change,
    around,
    numberText,
  );
}

export function judgeClaim(key: string, change: Change<Claim>, around: Around): string | undefined {
  const { before, after } = change;
  if (claimText(before) === claimText(after)) return undefined;
  return judgeWrite(
    [
      ...(after === undefined ? [] : [acts.take(key, after.holder, after.lease, after.after, before?.lease)]),
      ...(before === undefined
        ? []
        : [acts.complete(key, before.holder, after?.result ?? 0), acts.drop(key, before.holder)]),
    ],
    change,
    around,
    claimText,
  );
}
