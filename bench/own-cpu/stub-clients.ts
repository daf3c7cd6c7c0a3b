import { SFNClient } from '@aws-sdk/client-sfn';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Token } from '../../functions/domain/token';
import type { Workflow } from '../../functions/domain/workflow';

const at = '2026-01-01T00:00:00.000Z';

/** Of whoever asks. */
const token: Token = {
  id: 'tok_1',
  tenant_id: 'bench',
  kind: 'pat',
  name: 'bench',
  scopes: ['workflows:run'],
  created_at: at,
  expires_at: null,
  last_used_at: '9999-01-01T00:00:00.000Z',
  revoked_at: null,
};
const tenant = {
  id: 'bench',
  name: 'Bench',
  plan: 'custom',
  unlimited: true,
  daily_cap: 0,
  authoring: true,
  cursor_key: 'key',
  last_run_number: 1,
  settled_upto: 0,
};
const workflow: Workflow = {
  id: 1,
  name: 'Spring Promo',
  description: null,
  active: true,
  version: 1,
  steps_total: 3,
  total_delay_seconds: 2,
  created_at: at,
  updated_at: at,
};

/** Answers as the table would, from memory and at once. */
function answer(command: unknown): unknown {
  if (command instanceof GetCommand) return { Item: token };
  if (command instanceof UpdateCommand) return { Attributes: { last_run_number: 2 } };
  if (!(command instanceof BatchGetCommand)) return {};
  const rows = Object.values(command.input.RequestItems ?? {}).flatMap(({ Keys = [] }) =>
    Keys.map((key) => ({ ...key, ...(key['sk'] === 'TENANT' ? tenant : workflow) })),
  );
  return { Responses: Object.fromEntries(Object.keys(command.input.RequestItems ?? {}).map((name) => [name, rows])) };
}

// Before any handler is loaded: what is left of a call is our own code.
for (const { prototype } of [DynamoDBDocumentClient, SFNClient])
  Object.defineProperty(prototype, 'send', { value: (command: unknown) => Promise.resolve(answer(command)) });
