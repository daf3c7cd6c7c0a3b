import type { DraftStep } from './recipe';

/** The keys of some steps. */
export type StepKeys = ReadonlySet<string>;

type Steps = readonly DraftStep[];

export function insertedAt(steps: Steps, index: number, added: Steps): Steps {
  return steps.toSpliced(index, 0, ...added);
}

export function without(steps: Steps, keys: StepKeys): Steps {
  return steps.filter(({ key }) => !keys.has(key));
}

/**
 * Steps moved together, in the order they have.
 *
 * @param position how many of the other steps then come before them
 */
export function movedTo(steps: Steps, keys: StepKeys, position: number): Steps {
  const moved = insertedAt(
    without(steps, keys),
    position,
    steps.filter(({ key }) => keys.has(key)),
  );
  return moved.every((step, index) => step === steps[index]) ? steps : moved;
}

/** Steps moved together by one place: up with -1, down with 1. */
export function movedBy(steps: Steps, keys: StepKeys, by: -1 | 1): Steps {
  const taken = steps.flatMap(({ key }, index) => (keys.has(key) ? [index] : []));
  const [first = 0] = taken;
  const last = taken.at(-1) ?? first;
  const isTogether = last - first + 1 === taken.length;
  const before = steps.slice(0, by === 1 ? last + 1 : first).filter(({ key }) => !keys.has(key)).length;
  // Steps that lie apart are first brought together, at the end in whose direction they move.
  return movedTo(steps, keys, Math.max(0, isTogether ? before + by : before));
}

/** Copies behind the last of the steps that are copied. */
export function copied(steps: Steps, keys: StepKeys): { readonly steps: Steps; readonly copies: Steps } {
  const copies = withNewKeys(steps.filter(({ key }) => keys.has(key)));
  const last = steps.findLastIndex(({ key }) => keys.has(key));
  return { steps: insertedAt(steps, last + 1, copies), copies };
}

export function withNewKeys(steps: Steps): Steps {
  return steps.map((step) => ({ ...step, key: crypto.randomUUID() }));
}
