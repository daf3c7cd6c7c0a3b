import type { StepType } from '../../../../../../functions/domain/workflow/recipe';
import type { DraftStep } from '../../draft/recipe';
import { insertedAt, movedTo, without, type StepKeys } from '../../draft/steps';
import { newStep } from '../../draft/recipe';

type Steps = readonly DraftStep[];

/** What is dragged: steps of the recipe, or a new one of a type. */
export type Dragged =
  { readonly keys: StepKeys; readonly type?: never } | { readonly type: StepType; readonly keys?: never };

/** Something that is dragged, and where it would be put down now. */
export interface Drag {
  readonly dragged: Dragged;
  /** How many of the other steps would come before it. Undefined beside the list, where nothing is put down. */
  readonly position: number | undefined;
}

const noKeys: StepKeys = new Set();

/** Steps begin where they are, a new one at the end. */
export function taken(steps: Steps, dragged: Dragged): Drag {
  return {
    dragged,
    position: dragged.keys === undefined ? steps.length : positionAt(steps, dragged, firstOf(steps, dragged.keys)),
  };
}

function firstOf(steps: Steps, keys: StepKeys): number {
  return steps.findIndex(({ key }) => keys.has(key));
}

/** @param gap the number of steps above it, or undefined beside the list */
export function aimedAt(drag: Drag, steps: Steps, gap: number | undefined): Drag {
  const position = gap === undefined ? undefined : positionAt(steps, drag.dragged, gap);
  return position === drag.position ? drag : { ...drag, position };
}

export function aimedBy(drag: Drag, steps: Steps, by: number): Drag {
  const most = othersOf(steps, drag.dragged).length;
  return { ...drag, position: Math.min(most, Math.max(0, (drag.position ?? most) + by)) };
}

/** The gap in which the mark stands: the number of steps above it. */
export function markedGap({ dragged, position }: Drag, steps: Steps): number | undefined {
  if (position === undefined) return undefined;
  for (let gap = 0; gap <= steps.length; gap += 1) if (positionAt(steps, dragged, gap) === position) return gap;
  return undefined;
}

/** The recipe after what is dragged was put down, and what has to get the focus then. */
export function putDown(
  { dragged, position = 0 }: Drag,
  steps: Steps,
): { readonly steps: Steps; readonly added?: DraftStep } {
  if (dragged.keys !== undefined) return { steps: movedTo(steps, dragged.keys, position) };
  const added = newStep(dragged.type);
  return { steps: insertedAt(steps, position, [added]), added };
}

/** How many places there are after it is put down. */
export function places({ dragged }: Drag, steps: Steps): number {
  return dragged.keys === undefined ? steps.length + 1 : steps.length;
}

function positionAt(steps: Steps, dragged: Dragged, gap: number): number {
  return othersOf(steps.slice(0, gap), dragged).length;
}

function othersOf(steps: Steps, { keys = noKeys }: Dragged): Steps {
  return without(steps, keys);
}
