import type { Fault } from '../errors';
import { isPlainObject, jsonBytes } from '../json';

/** A run's input is a JSON object of at most 32 KB. */
export const maxInputBytes = 32 * 1024;

/** The faults of a trigger's `input`. An absent input counts as `{}`. */
export function inputFaults(input: unknown): Fault[] {
  if (input === undefined) return [];
  if (!isPlainObject(input)) return [{ pointer: '#/input', code: 'invalid_type', detail: 'Must be an object.' }];
  const bytes = jsonBytes(input);
  if (bytes <= maxInputBytes) return [];
  return [
    {
      pointer: '#/input',
      code: 'too_big',
      detail: `The input is ${bytes} bytes as JSON; at most ${maxInputBytes} are allowed.`,
    },
  ];
}
