// British English, because it sets no comma before the last word.
const and = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const or = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** `a, b and c`. */
export function allOf(words: readonly string[]): string {
  return and.format(words);
}

/** `a, b or c`. */
export function anyOf(words: readonly string[]): string {
  return or.format(words);
}
