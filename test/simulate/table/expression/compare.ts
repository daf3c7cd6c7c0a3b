import { unknown } from '../refusals';
import { compareTexts } from '../rows/order';

/** Whether two stored values are of the same type and equal. What is missing equals nothing. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (isComposite(a) && isComposite(b)) throw unknown('comparisons of lists, maps and sets');
  return a !== undefined && a === b;
}

function isComposite(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
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
