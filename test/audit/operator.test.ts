import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { tenantKey } from '../../functions/aws/keys';
import { auditStore } from '../../functions/aws/tenant/audit';
import { connectedAppStore } from '../../functions/aws/tenant/connected-apps';
import { startRun } from '../../functions/domain/run/start-run';
import type { AuditEvent } from '../../functions/domain/tenant/audit';
import { startLocalQueues, type LocalQueues } from '../operator/local-queues';
import { operate, type LocalOperator } from '../operator/operator';
import { aConnectedApp, aRecipe } from '../support/builders';
import { aTrigger, startRunDeps, testClock } from '../support/start-run';
import { overwrite } from '../support/table';

let queues: LocalQueues;
let operator: LocalOperator;

beforeAll(async () => {
  queues = await startLocalQueues();
  ({ operator } = queues);
});
afterAll(() => queues.stop());

/** What a command changes. */
interface Subject {
  readonly id: string;
  readonly tokenId: string;
  readonly appId: string;
}

interface Change {
  readonly args: (subject: Subject) => readonly string[];
  readonly input?: unknown;
  /** Creates what the command needs to change. */
  readonly prepare?: (subject: Subject) => Promise<unknown>;
  readonly action: string;
}

const write = { name: 'Spring Promo', recipe: aRecipe() };
const member = 'ada@acme.example';

/** Every command that changes something, and the action of its audit row. */
const changes: Readonly<Record<string, Change>> = {
  'tenants create': {
    args: ({ id }) => [`${id}-new`, '--name', 'New', '--plan', 'pro'],
    action: 'tenant.created',
  },
  'plans set': { args: ({ id }) => [id, 'growth'], action: 'tenant.plan_changed' },
  'caps set': { args: ({ id }) => [id, '7'], action: 'tenant.cap_changed' },
  'limits set': { args: ({ id }) => [id, 'webhook_endpoints', '60'], action: 'tenant.limit_changed' },
  authoring: { args: ({ id }) => ['off', id], action: 'tenant.authoring_changed' },
  'members add': { args: ({ id }) => [id, 'bob@acme.example', '--permission', 'viewer'], action: 'member.added' },
  'members permissions': { args: ({ id }) => [id, member, 'viewer'], action: 'member.permissions_changed' },
  'members remove': { args: ({ id }) => [id, member], action: 'member.removed' },
  'tokens create': {
    args: ({ id }) => [id, '--kind', 'pat', '--name', 'CI', '--scopes', 'workflows:read'],
    action: 'token.created',
  },
  'tokens revoke': { args: ({ id, tokenId }) => [id, tokenId], action: 'token.revoked' },
  'apps revoke': { args: ({ id, appId }) => [id, appId], action: 'app.revoked' },
  'workflows put': { args: ({ id }) => [id, '-'], input: write, action: 'workflow.created' },
  'workflows import': {
    args: ({ id }) => [id, join(operator.dataFolder, 'autumn.json')],
    prepare: async () =>
      writeFileSync(join(operator.dataFolder, 'autumn.json'), JSON.stringify({ ...write, name: 'Autumn' })),
    action: 'workflow.created',
  },
  'workflows activate': { args: ({ id }) => [id, '1'], action: 'workflow.activated' },
  'workflows deactivate': { args: ({ id }) => [id, '1'], action: 'workflow.deactivated' },
  'dead-letters redrive': {
    args: () => [],
    prepare: ({ id }) => {
      const MessageBody = JSON.stringify({ tenant_id: id, delivery_id: 'dlv_1', attempts: 1 });
      return queues.sqs.send(new SendMessageCommand({ QueueUrl: queues.queueUrl('dead-letters'), MessageBody }));
    },
    action: 'delivery.redelivered',
  },
  reconcile: {
    args: ({ id }) => [id, '--fix'],
    prepare: async ({ id }) => {
      await startRun(startRunDeps(operator.database, testClock()).deps, aTrigger(id));
      await overwrite(operator.database, tenantKey(id), { d20261122: 3 });
    },
    action: 'tenant.reconciled',
  },
};

/** Every command that only reads. */
const readOnlyCommands = [
  'access-policy',
  'restore-check',
  'tenants list',
  'tenants show',
  'limits list',
  'members list',
  'tokens list',
  'apps list',
  'workflows list',
  'workflows show',
  'workflows export',
  'runs list',
  'runs show',
  'endpoints list',
  'endpoints show',
  'deliveries list',
  'deliveries show',
  'dead-letters list',
  'audit',
  'runs tail',
];

async function createSubject(): Promise<Subject> {
  const id = await operator.createTenant();
  await operator.runWith({ input: JSON.stringify(write) }, 'workflows', 'put', id, '-');
  await operator.json('members', 'add', id, member, '--permission', 'manage_agents');
  const { id: tokenId } = await operator.json('tokens', 'create', id, '--kind', 'mcp', '--name', 'Claude');
  const app = aConnectedApp({ tenant_id: id, approved_by: 'carol@acme.example' });
  await connectedAppStore(operator.database).put(app);
  return { id, tokenId, appId: app.id };
}

/** The commands that `--help` lists, at any depth. */
async function commandsUnder(...path: string[]): Promise<string[]> {
  const { out } = await operate([...path, '--help']);
  if (path.length > 0 && !/^Usage:.*\[command\]/.test(out)) return [path.join(' ')];
  const sections = out
    .split(/\n(?=[A-Z][\w ]*:\n)/)
    .filter((text) => /^(Tenants|Workflows|Webhooks|Upkeep|Commands):/.test(text));
  const names = sections
    .flatMap((text) => [...text.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name]) => name!))
    .filter((name) => name !== 'help');
  return (await Promise.all(names.map((name) => commandsUnder(...path, name)))).flat();
}

async function rowsOf(tenantId: string): Promise<AuditEvent[]> {
  return (await auditStore(operator.database).list(tenantId, 100)).events;
}

test('every command is listed in this test as one that changes something or one that only reads', async () => {
  expect((await commandsUnder()).sort()).toEqual([...Object.keys(changes), ...readOnlyCommands].sort());
});

test.each(Object.entries(changes))(
  '%s leaves one audit row with who and when, and without a secret',
  async (command, change) => {
    const subject = await createSubject();
    await change.prepare?.(subject);
    const args = change.args(subject);
    const auditedTenant = args.find((text) => text === `${subject.id}-new`) ?? subject.id;
    const before = new Set((await rowsOf(auditedTenant)).map(({ id }) => id));

    const { code, err } = await operator.runWith(
      { input: JSON.stringify(change.input ?? '') },
      ...command.split(' '),
      ...args,
    );

    expect({ code, err }).toEqual({ code: 0, err: '' });
    const added = (await rowsOf(auditedTenant)).filter(({ id }) => !before.has(id));
    expect(added).toEqual([
      {
        id: expect.any(String),
        at: expect.stringMatching(/^2026-11-22T12:/),
        actor: { channel: 'operator', name: 'Olga' },
        action: change.action,
        target: expect.stringMatching(/\S/),
        request_id: expect.stringMatching(/^op_/),
        ...(added[0]?.detail && { detail: added[0].detail }),
      },
    ]);
    expect(JSON.stringify(added)).not.toMatch(/cwf_|whsec_/);
  },
);
