import { judgeWrite } from '../judge';
import { deliveryActs as acts } from './acts';
import { deliveryText, type Around, type AttemptRow, type DeliveryRow } from './rows';

interface Change<Row> {
  readonly before: Row | undefined;
  readonly after: Row | undefined;
}

/** @param operator whether a person at the command line made the change, who may make a delivery due again */
export function judgeDelivery(change: Change<DeliveryRow>, around: Around, operator: boolean): string | undefined {
  const { before, after } = change;
  if (after === undefined) return before && 'a delivery is deleted';
  if (before !== undefined && deliveryText(before) === deliveryText(after)) return undefined;
  if (before !== undefined && operator && deliveryText({ ...before, due: after.due }) === deliveryText(after))
    return undefined;
  const token = before?.lease ?? '';
  const stored =
    before !== undefined && after.made === before.made
      ? 'nowhere'
      : after.inRow && before?.inRow === false
        ? 'in the row'
        : 'in a row of its own';
  return judgeWrite(
    [
      acts.put(after.trigger),
      ...(before === undefined
        ? []
        : [
            acts.claim(before.made, after.lease ?? ''),
            acts.wait(token),
            acts.record(token, { status: after.status, made: after.made, stored }),
            acts.reopen(after.by ?? ''),
          ]),
    ],
    change,
    around,
    deliveryText,
  );
}

export function judgeAttempt(number: number, change: Change<AttemptRow>, around: Around): string | undefined {
  const { before, after } = change;
  if (after === undefined) return `attempt ${number} is deleted`;
  if (before === 'logged' && after === 'unrecorded') return `attempt ${number} had a result and loses it`;
  return judgeWrite([acts.log(number), acts.keep(number)], change, around, (row) => row ?? 'none');
}
