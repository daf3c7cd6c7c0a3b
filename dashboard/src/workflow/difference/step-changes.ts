import { diffArrays } from 'diff';
import type { Json } from '../../../../functions/domain/json';
import { isObject, isSameJson } from '../../parts/json';
import { stepsIn } from '../steps-in';
import { memberChanges, shown, valueChange, type Change } from './values';

/** A step with its number in its recipe. */
interface Numbered {
  readonly number: number;
  readonly step: Json;
}

/** What differs between the steps of two recipes. Steps are numbered as in the newer one, and removed ones as in the older. */
export function stepChanges(before: Json, after: Json): readonly Change[] {
  const { removed, added } = unmatched(stepsIn(before), stepsIn(after));
  const changes: { number: number; changes: readonly Change[] }[] = [];
  for (const now of added) {
    const same = takeFrom(removed, ({ step }) => isSameJson(step, now.step));
    if (same !== undefined) {
      changes.push({
        number: now.number,
        changes: [{ place: `${nameOf(now)}, before step ${same.number}`, how: 'moved' }],
      });
      continue;
    }
    const old =
      takeFrom(removed, ({ number, step }) => number === now.number && typeOf(step) === typeOf(now.step)) ??
      takeFrom(removed, ({ step }) => typeOf(step) === typeOf(now.step));
    changes.push({
      number: now.number,
      changes: old === undefined ? valueChange(nameOf(now), undefined, now.step) : inStep(old, now),
    });
  }
  for (const old of removed)
    changes.push({ number: old.number, changes: [{ place: nameOf(old), how: 'removed', before: shown(old.step) }] });
  return changes.sort((one, other) => one.number - other.number).flatMap((change) => change.changes);
}

/** The steps that are in one of the two only. */
function unmatched(before: readonly Json[], after: readonly Json[]) {
  const removed: Numbered[] = [];
  const added: Numbered[] = [];
  let oldNumber = 0;
  let newNumber = 0;
  for (const part of diffArrays([...before], [...after], { comparator: isSameJson })) {
    for (const step of part.value) {
      if (part.removed) removed.push({ number: (oldNumber += 1), step });
      else if (part.added) added.push({ number: (newNumber += 1), step });
      else {
        oldNumber += 1;
        newNumber += 1;
      }
    }
  }
  return { removed, added };
}

function inStep(old: Numbered, now: Numbered): readonly Change[] {
  if (!isObject(old.step) || !isObject(now.step)) return valueChange(nameOf(now), old.step, now.step);
  return memberChanges(nameOf(now), old.step, now.step);
}

function takeFrom(list: Numbered[], fits: (step: Numbered) => boolean): Numbered | undefined {
  const index = list.findIndex(fits);
  return index === -1 ? undefined : list.splice(index, 1)[0];
}

function nameOf({ number, step }: Numbered): string {
  return `Step ${number} (${typeOf(step)})`;
}

function typeOf(step: Json): string {
  return isObject(step) && typeof step['type'] === 'string' ? step['type'] : 'unknown';
}
