/** API Gateway accepts a request line and headers of 10,240 bytes in all, and Node's own server 16 KB. */
const maxBytes = 10_000;

function filled(part: (index: number) => string, separator: string): string {
  let text = part(0);
  for (let index = 1; text.length < maxBytes; index += 1) text += separator + part(index);
  return text.slice(0, maxBytes);
}

/** @param known the parameters that the route documents */
export function worstQueries(known: readonly string[]): Record<string, string> {
  return {
    'thousands of parameters': filled((index) => index.toString(36), '&'),
    'thousands of parameters given twice': filled((index) => (index >> 1).toString(36), '&'),
    'one parameter thousands of times': filled(() => 'a', '&'),
    'escaped parameters': filled((index) => `%F0%9F%A7%A8${index}`, '&'),
    'broken escapes': filled(() => '%', ''),
    'one long unknown parameter': `${'é'.repeat(2000)}=1`,
    ...Object.fromEntries(
      known.flatMap((name) => [
        [`a long ${name}`, `${name}=${'9'.repeat(9000)}`],
        [`a long escaped ${name}`, `${name}=${'%20'.repeat(3000)}`],
        [`${name} thousands of times`, filled(() => `${name}=1`, '&')],
      ]),
    ),
  };
}

/** Headers of the greatest size; the product reads those that have a name here. */
export const worstHeaders: Readonly<Record<string, Record<string, string>>> = {
  'a thousand headers': Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`x-${index}`, 'v'])),
  ...Object.fromEntries(
    [
      'idempotency-key',
      'x-tenant-id',
      'traceparent',
      'x-amzn-trace-id',
      'accept',
      'origin',
      'content-type',
      'cookie',
    ].flatMap((name) =>
      Object.entries({
        letters: 'a'.repeat(maxBytes),
        quotes: '"'.repeat(maxBytes),
        spaces: `a${' '.repeat(maxBytes)}a`,
        separators: filled(() => ';', ''),
        'media ranges': filled(() => 'a/b;q=0.0', ','),
        URL: `https://${filled(() => 'a', '.')}`,
      }).map(([what, value]) => [`${name} of ${what}`, { [name]: value }] as const),
    ),
  ),
  'authorization of spaces': { authorization: `Bearer${' '.repeat(maxBytes)}a a` },
  'authorization of dots': { authorization: `Bearer ${'a.'.repeat(maxBytes / 2)}` },
};
