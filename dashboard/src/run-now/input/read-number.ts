import { judgeNumber } from '../../../../functions/domain/exact-number';

export type ReadNumber =
  { readonly value: number; readonly fault?: never } | { readonly value?: never; readonly fault: string };

const written = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * Reads a number that somebody typed. A comma is refused and not understood: `1,500` is one and a half to some and fifteen
 * hundred to others, and the language of a browser does not tell who is typing. So are digits that a 64-bit number cannot
 * hold, because the API would be sent another number than the one in the field.
 */
export function readNumber(text: string): ReadNumber {
  // A minus that was copied from a text is often the longer one.
  const typed = text.trim().replace(/^\u2212/, '-');
  if (typed.includes(',')) return { fault: commaFault(typed) };
  if (!written.test(typed)) return { fault: 'Must be a number, such as 12 or 1.5.' };
  const digits = typed.replace(/^\+/, '');
  const value = Number(digits);
  const fault = judgeNumber(digits);
  if (fault === undefined) return { value };
  return { fault: Math.abs(value) > Number.MAX_SAFE_INTEGER ? tooLarge : changedFault(value) };
}

const tooLarge = `Is too large to be kept exactly: whole numbers go up to ${Number.MAX_SAFE_INTEGER}.`;

function changedFault(value: number): string {
  return `Has more digits than can be kept: it would become ${value}. Leave some out.`;
}

function commaFault(typed: string): string {
  const [, whole, rest] = /^([+-]?\d+),(\d+)$/.exec(typed) ?? [];
  if (whole === undefined || rest === undefined)
    return 'Write the number without commas, with a point before decimals.';
  const point = `${whole}.${rest}`;
  return rest.length === 3
    ? `Write ${point} or ${whole}${rest}: a comma can mean either.`
    : `Write ${point}: decimals follow a point.`;
}
