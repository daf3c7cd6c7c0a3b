/** `a, b and c`. */
export function allOf(words: readonly string[]): string {
  return listed(words, 'and');
}

/** `a, b or c`. */
export function anyOf(words: readonly string[]): string {
  return listed(words, 'or');
}

/** Not `Intl.ListFormat`, whose commas depend on the language data of the version of Node. */
function listed(words: readonly string[], word: 'and' | 'or'): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} ${word} ${last}`;
}
