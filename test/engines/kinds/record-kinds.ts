import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { kindsOf } from './kinds-of';

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
  for (const kind of kindsOf(commandName, input)) kinds.add(kind);
}
