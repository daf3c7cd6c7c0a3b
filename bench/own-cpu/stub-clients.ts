import { SFNClient } from '@aws-sdk/client-sfn';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { withoutRate } from '../world/seed-tenant';
import { aTenant, aToken, aWorkflow } from '../../test/support/builders';

const token = aToken({ last_used_at: '9999-01-01T00:00:00.000Z' });
const tenant = aTenant({ plan: 'custom', last_run_number: 1, limits: withoutRate });
const workflow = aWorkflow();

/** The only item of each kind, whatever the rest of its key. */
function rowAt(key: Record<string, unknown> = {}): object {
  if (key['sk'] === 'TENANT') return tenant;
  return key['sk'] === 'TOKEN' ? token : workflow;
}

/** Returns what the table would return, immediately and from memory. */
function answer(command: unknown): unknown {
  if (command instanceof GetCommand) return { Item: rowAt(command.input.Key) };
  if (command instanceof UpdateCommand) return { Attributes: { last_run_number: 2 } };
  if (!(command instanceof BatchGetCommand)) return {};
  const rows = Object.values(command.input.RequestItems ?? {}).flatMap(({ Keys = [] }) =>
    Keys.map((key) => ({ ...key, ...rowAt(key) })),
  );
  return { Responses: Object.fromEntries(Object.keys(command.input.RequestItems ?? {}).map((name) => [name, rows])) };
}

// Replaces `send` before any handler is loaded, so that a call runs only our own code.
for (const { prototype } of [DynamoDBDocumentClient, SFNClient])
  Object.defineProperty(prototype, 'send', { value: (command: unknown) => Promise.resolve(answer(command)) });
