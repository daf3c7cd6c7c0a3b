import type { Fault } from '../errors';
import { pointer } from '../faults';
import { isPlainObject, jsonBytes } from '../json';

/** A run's input is a JSON object of at most 32 KB. */
export const maxInputBytes = 32 * 1024;

/** The faults of a trigger's `input`, at its place in the request. An absent input counts as `{}`. */
export function inputFaults(input: unknown, at: readonly string[] = ['input']): Fault[] {
  const place = pointer(at);
  if (input === undefined) return [];
  if (!isPlainObject(input)) return [{ pointer: place, code: 'invalid_type', detail: 'Must be an object.' }];
  const bytes = jsonBytes(input);
  if (bytes <= maxInputBytes) return [];
  return [
    {
      pointer: place,
      code: 'too_big',
      detail: `The input is ${bytes} bytes as JSON; at most ${maxInputBytes} are allowed.`,
    },
  ];
}
