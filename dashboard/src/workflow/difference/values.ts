import type { Json, JsonObject } from '../../../../functions/domain/json';
import { isSameJson } from '../../parts/json';

/** One thing that differs. */
export interface Change {
  /** `Step 3 (log), message`. */
  readonly place: string;
  readonly how: 'added' | 'removed' | 'changed' | 'moved';
  /** As text: a string as it is, any other value as JSON. */
  readonly before?: string;
  readonly after?: string;
}

/** What differs in two objects, member by member. */
export function memberChanges(place: string, before: JsonObject, after: JsonObject): readonly Change[] {
  const members = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...members].flatMap((member) => valueChange(`${place}, ${member}`, before[member], after[member]));
}

export function valueChange(place: string, before: Json | undefined, after: Json | undefined): readonly Change[] {
  if (isSameJson(before, after)) return [];
  if (before === undefined || before === null) return [{ place, how: 'added', after: shown(after) }];
  if (after === undefined || after === null) return [{ place, how: 'removed', before: shown(before) }];
  return [{ place, how: 'changed', before: shown(before), after: shown(after) }];
}

export function shown(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null, null, 2);
}
