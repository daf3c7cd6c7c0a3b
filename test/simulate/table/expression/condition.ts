import { typeOf } from '../../../engines/kinds/type-of';
import { invalid, unknown } from '../refusals';
import { contains, isEqual, orderOf } from './compare';
import { parsedOnce, type Check, type Scope } from './expression';
import { isMap, isName, parsePath, readerOf } from './path';
import type { Tokens } from './tokens';

/** Whether a condition holds. */
export type Test = (scope: Scope) => boolean;

/** What a comparison compares. `value` is set if it is a value of the request, whose type is checked before. */
interface Operand {
  readonly read: (scope: Scope) => unknown;
  readonly value: string | undefined;
}

/** Parses the conditions of writes and the filters of reads. */
export const condition = parsedOnce<Test>(parseAny);

function parseAny(tokens: Tokens, checks: Check[]): Test {
  const tests = [parseEvery(tokens, checks)];
  while (tokens.take('OR')) tests.push(parseEvery(tokens, checks));
  return tests.length === 1 ? tests[0]! : (scope) => tests.some((test) => test(scope));
}

function parseEvery(tokens: Tokens, checks: Check[]): Test {
  const tests = [parseOne(tokens, checks)];
  while (tokens.take('AND')) tests.push(parseOne(tokens, checks));
  return tests.length === 1 ? tests[0]! : (scope) => tests.every((test) => test(scope));
}

function parseOne(tokens: Tokens, checks: Check[]): Test {
  if (tokens.take('NOT')) {
    const test = parseOne(tokens, checks);
    return (scope) => !test(scope);
  }
  if (tokens.take('(')) {
    const test = parseAny(tokens, checks);
    tokens.expect(')');
    return test;
  }
  return functions.has(tokens.peek() ?? '') ? parseFunction(tokens, checks) : parseComparison(tokens, checks);
}

const functions = new Set(['attribute_exists', 'attribute_not_exists', 'begins_with', 'contains']);

function parseFunction(tokens: Tokens, checks: Check[]): Test {
  const name = tokens.next();
  tokens.expect('(');
  const read = readerOf(parsePath(tokens));
  if (name === 'attribute_exists' || name === 'attribute_not_exists') {
    tokens.expect(')');
    const exists = name === 'attribute_exists';
    return (scope) => (read(scope) !== undefined) === exists;
  }
  tokens.expect(',');
  const part = parseOperand(tokens);
  tokens.expect(')');
  if (name === 'contains') return (scope) => contains(read(scope), part.read(scope));
  checks.push(hasType(part, ['S']));
  return (scope) => {
    const [whole, start] = [read(scope), part.read(scope)];
    return typeof whole === 'string' && typeof start === 'string' && whole.startsWith(start);
  };
}

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function parseComparison(tokens: Tokens, checks: Check[]): Test {
  const left = parseOperand(tokens);
  const sign = tokens.next();
  if (sign === 'IN') {
    const among = parseList(tokens);
    return (scope) => among.some(({ read }) => isEqual(left.read(scope), read(scope)));
  }
  if (sign === 'BETWEEN') {
    const low = parseOperand(tokens);
    tokens.expect('AND');
    return between(left, low, parseOperand(tokens), checks);
  }
  const right = parseOperand(tokens);
  if (left.value !== undefined && right.value !== undefined)
    checks.push(() => {
      throw invalid('An operand has to be an attribute');
    });
  if (sign === '=') return (scope) => isEqual(left.read(scope), right.read(scope));
  if (sign === '<>') return (scope) => !isEqual(left.read(scope), right.read(scope));
  const holds = comparisons[sign];
  if (holds === undefined) throw tokens.unknown();
  checks.push(hasType(left, ['S', 'N']), hasType(right, ['S', 'N']));
  return (scope) => {
    const order = orderOf(left.read(scope), right.read(scope));
    return order !== undefined && holds(order);
  };
}

function between(operand: Operand, low: Operand, high: Operand, checks: Check[]): Test {
  checks.push(hasType(low, ['S', 'N']), hasType(high, ['S', 'N']), (values) => {
    if (low.value === undefined || high.value === undefined) return;
    const order = orderOf(values[low.value], values[high.value]);
    if (order === undefined || order > 0) throw invalid('The BETWEEN operator has bounds that do not fit');
  });
  return (scope) => {
    const value = operand.read(scope);
    const [fromLow, fromHigh] = [orderOf(value, low.read(scope)), orderOf(value, high.read(scope))];
    return fromLow !== undefined && fromHigh !== undefined && fromLow >= 0 && fromHigh <= 0;
  };
}

function parseList(tokens: Tokens): Operand[] {
  tokens.expect('(');
  const operands = [parseOperand(tokens)];
  while (tokens.take(',')) operands.push(parseOperand(tokens));
  tokens.expect(')');
  return operands;
}

function parseOperand(tokens: Tokens): Operand {
  const token = tokens.peek();
  if (token?.startsWith(':') === true) {
    const value = tokens.next();
    return { read: ({ values }) => values[value], value };
  }
  if (!isName(token)) throw tokens.unknown();
  const path = parsePath(tokens);
  if (!tokens.take('(')) return { read: readerOf(path), value: undefined };
  if (path.length !== 1 || path[0] !== 'size') throw tokens.unknown();
  const read = readerOf(parsePath(tokens));
  tokens.expect(')');
  return { read: (scope) => sizeOf(read(scope)), value: undefined };
}

/** The number of entries. What is missing has no size. */
function sizeOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (value instanceof Set) return value.size;
  if (Array.isArray(value)) return value.length;
  if (isMap(value)) return Object.keys(value).length;
  throw unknown(`the size of a value of the type ${typeOf(value)}`);
}

function hasType({ value }: Operand, types: readonly string[]): Check {
  return (values) => {
    if (value === undefined || types.includes(typeOf(values[value]))) return;
    throw invalid(`Incorrect operand type for operator or function; operand type: ${typeOf(values[value])}`);
  };
}
