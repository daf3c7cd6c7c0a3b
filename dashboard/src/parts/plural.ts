const numbers = new Intl.NumberFormat('en');

/** `1 run`, `1,200 runs`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${numbers.format(count)} ${count === 1 ? one : many}`;
}

/** `1,200`. */
export function number(count: number): string {
  return numbers.format(count);
}
