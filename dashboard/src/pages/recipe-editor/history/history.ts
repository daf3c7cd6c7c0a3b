import { differenceOf, type Content } from './difference';

/** A change that can be undone, or done again. */
interface Change {
  /** The other state: the one before a change that can be undone, or after one that can be done again. */
  readonly content: Content;
  readonly what: string;
}

export interface History {
  /** The newest comes last. */
  readonly past: readonly Change[];
  /** What is done again first comes last. */
  readonly future: readonly Change[];
  readonly run: Run | undefined;
}

/** Typing into one field that goes on, and is undone at once. */
interface Run {
  readonly field: string;
  readonly beganMs: number;
}

/** States share what is the same in them, so two hundred take little more room than the largest. */
const maxChanges = 200;
/** Typing that pauses so long is another change. */
const pauseMs = 1_000;
/** Whoever types without a pause does not lose more than this with one press. */
const longestRunMs = 5_000;

export const noHistory: History = { past: [], future: [], run: undefined };

/** @param idleMs how long ago the last change was */
export function recorded(history: History, before: Content, after: Content, nowMs: number, idleMs: number): History {
  const difference = differenceOf(before, after);
  if (difference === undefined) return history;
  const { field, what } = difference;
  const { past, run } = history;
  const goesOn = run !== undefined && run.field === field && idleMs < pauseMs && nowMs - run.beganMs < longestRunMs;
  if (goesOn) return history;
  return {
    past: [...past, { content: before, what }].slice(-maxChanges),
    future: [],
    run: field === undefined ? undefined : { field, beganMs: nowMs },
  };
}

interface Step {
  readonly history: History;
  readonly content: Content;
  readonly what: string;
}

export function undone({ past, future }: History, present: Content): Step | undefined {
  const change = past.at(-1);
  if (change === undefined) return undefined;
  const { content, what } = change;
  return {
    history: { past: past.slice(0, -1), future: [...future, { content: present, what }], run: undefined },
    content,
    what,
  };
}

export function redone({ past, future }: History, present: Content): Step | undefined {
  const change = future.at(-1);
  if (change === undefined) return undefined;
  const { content, what } = change;
  return {
    history: { past: [...past, { content: present, what }], future: future.slice(0, -1), run: undefined },
    content,
    what,
  };
}
