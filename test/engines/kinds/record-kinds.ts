import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { kindsOf } from './kinds-of';

/** Adds the kinds of all requests that a client sends, except those that create and delete tables. */
export function recordKinds(client: DynamoDBClient, kinds: Set<string>): void {
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        if (!commandName.endsWith('TableCommand')) for (const kind of kindsOf(commandName, args.input)) kinds.add(kind);
        return next(args);
      },
    { step: 'initialize', name: 'recordKinds' },
  );
}
