import type { Row } from '../../../../functions/aws/database';
import { invalid } from '../refusals';
import { tokensOf, type Tokens } from './tokens';

/** What an expression is judged on. */
export interface Scope {
  /** The row as it is stored; an empty one if there is none. */
  readonly row: Row;
  readonly names: Readonly<Record<string, string>>;
  /** The values as they would be stored. */
  readonly values: Row;
}

/** Throws DynamoDB's refusal if the values of a request have types that the expression does not allow. */
export type Check = (values: Row) => void;

/** An expression, parsed once and then used for every request that has the same text. */
export interface Expression<Run> {
  readonly names: readonly string[];
  readonly values: readonly string[];
  readonly checks: readonly Check[];
  readonly run: Run;
}

/**
 * Parses each text once. The texts are those that the product writes, with names and values left out, so they are few.
 *
 * @param parse adds to `checks` what the values of each request have to fulfil
 */
export function parsedOnce<Run>(parse: (tokens: Tokens, checks: Check[]) => Run): (text: string) => Expression<Run> {
  const parsed = new Map<string, Expression<Run>>();
  return (text) => {
    const known = parsed.get(text);
    if (known !== undefined) return known;
    const tokens = tokensOf(text);
    const checks: Check[] = [];
    const run = parse(tokens, checks);
    if (!tokens.isAtEnd()) throw tokens.unknown();
    const expression = { names: tokens.names, values: tokens.values, checks, run };
    parsed.set(text, expression);
    return expression;
  };
}

type Used = Pick<Expression<unknown>, 'names' | 'values' | 'checks'> | undefined;

/** Refuses a request whose expressions use what it does not give, or which gives what they do not use. */
export function checkUse(expressions: readonly Used[], { names, values }: Pick<Scope, 'names' | 'values'>): void {
  for (const expression of expressions) {
    if (expression === undefined) continue;
    for (const name of expression.names) if (!Object.hasOwn(names, name)) throw undefinedIn('name', name);
    for (const value of expression.values) if (!Object.hasOwn(values, value)) throw undefinedIn('value', value);
    for (const check of expression.checks) check(values);
  }
  for (const name in names) if (!isUsed(expressions, 'names', name)) throw unusedIn('Names', name);
  for (const value in values) if (!isUsed(expressions, 'values', value)) throw unusedIn('Values', value);
}

function isUsed(expressions: readonly Used[], kind: 'names' | 'values', token: string): boolean {
  for (const expression of expressions) if (expression?.[kind].includes(token) === true) return true;
  return false;
}

function undefinedIn(what: 'name' | 'value', token: string): Error {
  return invalid(`An expression attribute ${what} used in expression is not defined; attribute ${what}: ${token}`);
}

function unusedIn(where: 'Names' | 'Values', token: string): Error {
  return invalid(`Value provided in ExpressionAttribute${where} unused in expressions: keys: {${token}}`);
}
