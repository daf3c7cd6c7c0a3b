import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { kindsOf } from './kinds-of';
import { typeOf } from './type-of';

/** Adds the kinds of all requests that a client sends, except those that create and delete tables. */
export function recordKinds(client: DynamoDBClient, kinds: Set<string>): void {
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        if (!commandName.endsWith('TableCommand')) addKinds(kinds, commandName, args.input);
        return next(args);
      },
    { step: 'initialize', name: 'recordKinds' },
  );
}

/** Adds the kinds of one request. */
export function addKinds(kinds: Set<string>, commandName: string, input: object): void {
  const form = `${commandName} ${formOf(input)}`;
  const known = knownForms.get(form) ?? kindsOf(commandName, input);
  knownForms.set(form, known);
  for (const kind of known) kinds.add(kind);
}

/** The kinds of requests by their forms, which are few: most requests differ only in keys and values. */
const knownForms = new Map<string, readonly string[]>();

/** Everything of a request on which its kinds depend. */
function formOf(input: object): string {
  let form = '';
  for (const [option, value] of Object.entries(input)) {
    form += `${option} `;
    if (option === 'ExpressionAttributeValues')
      for (const [name, of] of Object.entries(value ?? {})) form += `${name}${typeOf(of)} `;
    else if (option === 'RequestItems') for (const part of Object.values<object>(value ?? {})) form += formOf(part);
    else if (typeof value !== 'object') form += `${String(value)} `;
  }
  return form;
}
