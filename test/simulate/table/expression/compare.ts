import { compareTexts } from '../rows/order';
import { isMap } from './path';

/** Whether two stored values are of the same type and equal. What is missing equals nothing. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || a === null) return a !== undefined && a === b;
  if (typeof b !== 'object' || b === null) return false;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => isEqual(item, b[index]));
  if (a instanceof Set) return b instanceof Set && a.size === b.size && [...a].every((member) => b.has(member));
  if (!isMap(a) || !isMap(b)) return false;
  const names = Object.keys(a);
  const isSame = (name: string) => Object.hasOwn(b, name) && isEqual(a[name], b[name]);
  return names.length === Object.keys(b).length && names.every(isSame);
}

/** The order of two values: undefined if they are not both numbers or both texts, so that no comparison holds. */
export function orderOf(a: unknown, b: unknown): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return typeof a === 'string' && typeof b === 'string' ? compareTexts(a, b) : undefined;
}

/** Whether a set or a list has this member, or a text this part. */
export function contains(whole: unknown, part: unknown): boolean {
  if (whole instanceof Set) return whole.has(part);
  if (Array.isArray(whole)) return whole.some((item) => isEqual(item, part));
  return typeof whole === 'string' && typeof part === 'string' && whole.includes(part);
}
