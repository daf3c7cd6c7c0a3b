import type { Row } from '../../../functions/aws/database';
import type { Key } from '../../../functions/aws/keys';
import type { Scope } from './expression/expression';
import { invalid, unknown } from './refusals';
import { storedValues } from './stored-value';

export type Input = Readonly<Record<string, any>>;

const none = Object.freeze({});

/** Fails if a request has an option that the table in memory would ignore. */
export function checkOptions(command: string, input: Input, known: ReadonlySet<string>): void {
  for (const option in input)
    if (!known.has(option) && input[option] !== undefined) throw unknown(`the option ${option} of ${command}`);
}

/** The names and values of a request's expressions; the values as they would be stored. */
export function placeholdersOf(input: Input): Pick<Scope, 'names' | 'values'> {
  const { ExpressionAttributeNames: names, ExpressionAttributeValues: given } = input;
  const values = given === undefined ? none : storedValues(given);
  if (given !== undefined && isEmpty(values)) throw invalid('ExpressionAttributeValues must not be empty');
  if (names !== undefined && isEmpty(names)) throw invalid('ExpressionAttributeNames must not be empty');
  return { names: names ?? none, values };
}

/** The key of a request, which has nothing else. */
export function keyOf(key: Row): Key {
  if (Object.keys(key).length !== 2) throw invalid('The provided key element does not match the schema');
  return keyIn(key);
}

/** The key in a row. */
export function keyIn({ pk, sk }: Row): Key {
  if (!isKey(pk) || !isKey(sk)) throw invalid('The provided key element does not match the schema');
  return { pk, sk };
}

/** Keys are texts, and not empty. */
export function isKey(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isEmpty(map: object): boolean {
  for (const _name in map) return false;
  return true;
}
