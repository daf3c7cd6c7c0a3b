import { typeOf } from './type-of';

/** The values of a request's expressions, as the document client takes them. */
export type Values = Readonly<Record<string, unknown>>;

const operand = String.raw`(?:size\([a-z.]+\)|:[A-Z]+|[a-z]+(?:\.[a-z]+)*(?![a-z(]))`;
const comparison = new RegExp(
  [
    String.raw`[a-z_]+\((?:[a-z.]+)(?:, ?[a-z.:A-Z]+)?\)(?! *[<=>])`,
    String.raw`${operand} BETWEEN ${operand} AND ${operand}`,
    String.raw`${operand} IN \([^)]*\)`,
    String.raw`${operand} (?:=|<>|<=|>=|<|>) ${operand}`,
  ].join('|'),
  'g',
);

/** The comparisons and functions of a condition, and the words that join them. */
export function comparisonsOf(expression: string, values: Values): string[] {
  const text = withoutNames(expression, values).replace(/IN \([^)]*\)/g, 'IN (…)');
  const kinds = text.match(comparison) ?? [];
  const joints = text
    .replace(comparison, ' ')
    .split(/[\s()]+/)
    .filter((word) => word !== '');
  return [...new Set([...kinds, ...joints])];
}

/** The clauses of an update, one for each attribute. */
export function clausesOf(expression: string, values: Values): string[] {
  const [, ...parts] = withoutNames(expression, values).split(/\b(SET|REMOVE|ADD|DELETE)\b/);
  const kinds = parts.flatMap((word, index) =>
    index % 2 === 1
      ? []
      : (parts[index + 1] ?? '').split(/,(?![^(]*\))/).map((clause) => `${word.toLowerCase()} ${clause.trim()}`),
  );
  return [...new Set(kinds)];
}

const words = /^(?:AND|OR|NOT|IN|BETWEEN|SET|REMOVE|ADD|DELETE)$/;

/** Every path becomes `a` or `a.b`, by its depth, and every value its type. */
function withoutNames(expression: string, values: Values): string {
  return expression
    .replace(/\s+/g, ' ')
    .replace(/:\w+/g, (name) => `:${typeOf(values[name])}`)
    .replace(/(?<![:\w])(?:#\w|[A-Za-z_])\w*(?:\.#?\w+)*\b(?! ?\()/g, (path) =>
      words.test(path)
        ? path
        : path
            .split('.')
            .map((_, depth) => 'abcd'[depth])
            .join('.'),
    );
}
