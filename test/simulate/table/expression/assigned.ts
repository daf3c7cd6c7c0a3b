import { typeOf } from '../../../engines/kinds/type-of';
import { invalid, unknown } from '../refusals';
import type { Check, Scope } from './expression';
import { isName, parsePath, readerOf } from './path';
import type { Tokens } from './tokens';

type Read = (scope: Scope) => unknown;

/** What a SET clause assigns: an operand, or the sum or difference of two. */
export function parseAssigned(tokens: Tokens, checks: Check[]): Read {
  const left = parseOperand(tokens, checks);
  const sign = tokens.peek();
  if (sign !== '+' && sign !== '-') return left.read;
  tokens.next();
  const right = parseOperand(tokens, checks);
  checks.push(hasType(left, 'N'), hasType(right, 'N'));
  return (scope) => {
    const [a, b] = [left.read(scope), right.read(scope)];
    if (typeof a !== 'number' || typeof b !== 'number') throw wrongType();
    return sumOf(a, sign === '+' ? b : -b);
  };
}

/** DynamoDB computes decimals exactly, and JavaScript only whole numbers: the product counts. */
export function sumOf(a: number, b: number): number {
  const sum = a + b;
  if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b) || !Number.isSafeInteger(sum))
    throw unknown(`the sum of ${a} and ${b}`);
  return sum === 0 ? 0 : sum;
}

export function wrongType(): Error {
  return invalid('An operand in the update expression has an incorrect data type');
}

interface Operand {
  readonly read: Read;
  /** Set if it is a value of the request, whose type is checked before the condition. */
  readonly value?: string;
}

function parseOperand(tokens: Tokens, checks: Check[]): Operand {
  const token = tokens.peek();
  if (token?.startsWith(':') === true) {
    const value = tokens.next();
    return { value, read: ({ values }) => values[value] };
  }
  if (!isName(token)) throw tokens.unknown();
  const path = parsePath(tokens);
  if (!tokens.take('(')) return { read: present(readerOf(path)) };
  const call = path.length === 1 ? functions[path[0]!] : undefined;
  if (call === undefined) throw tokens.unknown();
  const read = call(tokens, checks);
  tokens.expect(')');
  return { read };
}

const functions: Readonly<Record<string, (tokens: Tokens, checks: Check[]) => Read>> = {
  if_not_exists: (tokens, checks) => {
    const there = readerOf(parsePath(tokens));
    tokens.expect(',');
    const otherwise = parseOperand(tokens, checks);
    return (scope) => {
      const value = there(scope);
      return value === undefined ? otherwise.read(scope) : value;
    };
  },
  list_append: (tokens, checks) => {
    const first = parseOperand(tokens, checks);
    tokens.expect(',');
    const second = parseOperand(tokens, checks);
    checks.push(hasType(first, 'L'), hasType(second, 'L'));
    return (scope) => {
      const lists = [first.read(scope), second.read(scope)];
      if (!lists.every(Array.isArray)) throw wrongType();
      return Object.freeze(lists.flat(1));
    };
  },
};

/** What an operand reads has to be there, unless `if_not_exists` asks for it. */
function present(read: Read): Read {
  return (scope) => {
    const value = read(scope);
    if (value !== undefined) return value;
    throw invalid('The provided expression refers to an attribute that does not exist in the item');
  };
}

function hasType({ value }: Operand, type: string): Check {
  return (values) => {
    if (value === undefined || typeOf(values[value]) === type) return;
    throw invalid(`Incorrect operand type for operator or function; operand type: ${typeOf(values[value])}`);
  };
}
