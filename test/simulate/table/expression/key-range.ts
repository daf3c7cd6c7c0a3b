import type { Row } from '../../../../functions/aws/database';
import { invalid } from '../refusals';
import { compareTexts } from '../rows/order';
import { placeOf, type Keys } from '../rows/partitions';
import { parsedOnce, type Scope } from './expression';
import { nameOf, parsePath } from './path';
import type { Tokens } from './tokens';

/** One comparison of a key condition: an attribute, a sign, and the names of the values it is compared with. */
interface Comparison {
  readonly attribute: string;
  readonly sign: string;
  readonly values: readonly string[];
}

/** The parsed condition of a query: one comparison, or two. */
export const keyCondition = parsedOnce<readonly Comparison[]>((tokens) => {
  const comparisons = [parseComparison(tokens)];
  if (tokens.take('AND')) comparisons.push(parseComparison(tokens));
  return comparisons;
});

function parseComparison(tokens: Tokens): Comparison {
  if (tokens.take('begins_with')) {
    tokens.expect('(');
    const attribute = parseAttribute(tokens);
    tokens.expect(',');
    const values = [parseValue(tokens)];
    tokens.expect(')');
    return { attribute, sign: 'begins_with', values };
  }
  const attribute = parseAttribute(tokens);
  const sign = tokens.next();
  const values = [parseValue(tokens)];
  if (!Object.hasOwn(ranges, sign)) throw tokens.unknown();
  if (sign === 'BETWEEN') {
    tokens.expect('AND');
    values.push(parseValue(tokens));
  }
  return { attribute, sign, values };
}

function parseAttribute(tokens: Tokens): string {
  const [attribute = '', ...rest] = parsePath(tokens);
  if (rest.length > 0) throw tokens.unknown();
  return attribute;
}

function parseValue(tokens: Tokens): string {
  const value = tokens.next();
  if (!value.startsWith(':')) throw tokens.unknown();
  return value;
}

/** The sort keys that a query reads: those for which neither function is true. */
interface SortKeys {
  readonly isBefore: (key: string) => boolean;
  readonly isAfter: (key: string) => boolean;
}

const never = () => false;

const ranges: Readonly<Record<string, (a: string, b: string) => SortKeys>> = {
  '=': (a) => ({ isBefore: (key) => compareTexts(key, a) < 0, isAfter: (key) => compareTexts(key, a) > 0 }),
  '<': (a) => ({ isBefore: never, isAfter: (key) => compareTexts(key, a) >= 0 }),
  '<=': (a) => ({ isBefore: never, isAfter: (key) => compareTexts(key, a) > 0 }),
  '>': (a) => ({ isBefore: (key) => compareTexts(key, a) <= 0, isAfter: never }),
  '>=': (a) => ({ isBefore: (key) => compareTexts(key, a) < 0, isAfter: never }),
  BETWEEN: (a, b) => ({ isBefore: (key) => compareTexts(key, a) < 0, isAfter: (key) => compareTexts(key, b) > 0 }),
  begins_with: (a) => ({
    isBefore: (key) => compareTexts(key, a) < 0,
    isAfter: (key) => compareTexts(key, a) > 0 && !key.startsWith(a),
  }),
};

const everything: SortKeys = { isBefore: never, isAfter: never };

export interface KeyRange extends SortKeys {
  readonly partition: string;
}

/** What a query reads: a partition, and a range of its sort keys. */
export function keyRange(
  comparisons: readonly Comparison[],
  keys: Keys,
  { names, values }: Pick<Scope, 'names' | 'values'>,
): KeyRange {
  const on = (key: string) => comparisons.filter(({ attribute }) => nameOf(attribute, names) === key);
  const [ofPartition, ofSort] = [on(keys.partitionKey), on(keys.sortKey)];
  if (ofPartition.length !== 1 || ofPartition[0]!.sign !== '=' || ofSort.length + 1 !== comparisons.length)
    throw invalid('Query key condition not supported');
  const text = (name: string) => textIn(values, name);
  const [sort] = ofSort;
  const [low = '', high = ''] = sort?.values.map(text) ?? [];
  if (sort?.sign === 'BETWEEN' && compareTexts(low, high) > 0)
    throw invalid('The BETWEEN operator requires upper bound to be greater than or equal to lower bound');
  return {
    partition: text(ofPartition[0]!.values[0]!),
    ...(sort === undefined ? everything : ranges[sort.sign]!(low, high)),
  };
}

/** The places of the first row of a range and of the first one behind it. */
export function placesIn(rows: readonly Row[], { sortKey }: Keys, { isBefore, isAfter }: KeyRange): [number, number] {
  return [
    placeOf(rows, (row) => isBefore(String(row[sortKey]))),
    placeOf(rows, (row) => !isAfter(String(row[sortKey]))),
  ];
}

function textIn(values: Row, name: string): string {
  const value = values[name];
  if (typeof value === 'string' && value !== '') return value;
  throw invalid('One or more parameter values were invalid: Condition parameter type does not match schema type');
}
