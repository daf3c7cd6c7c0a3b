import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PolicyDocument, PolicyStatement } from '../../../bin/operator/access/policy-document';
import { tokenStore } from '../../../functions/aws/tenant/tokens';
import { covers, grantsIn, type Grant } from '../../judges/stack/calls/grants';
import { needsOf, type Need } from '../../judges/stack/calls/needs';
import { aRecipe, noon } from '../../support/builders';
import { beforeFirst } from '../../support/requests';
import { cloudWatchLogs, refusal } from '../aws/logs';
import { deployedStack, stackName } from '../aws/stack';
import { startAws, type AwsCall } from '../aws/start-aws';
import { startLocalQueues, type LocalQueues } from '../local-queues';
import { operate, type CommandResult } from '../operator';
import { everyCommand } from '../operator-commands';
import { scenarios } from './scenarios';
import { bury, seed } from './seed';

/** What whoever calls AWS may do now; undefined: everything. */
let allowed: readonly Grant[] | undefined;
const used = new Set<Grant>();
const refused: string[] = [];

let queues: LocalQueues;
let aws: Awaited<ReturnType<typeof startAws>>;
let files: string;
let calls: ReturnType<typeof scenarios>;
let tenantId: string;

beforeAll(async () => {
  queues = await startLocalQueues();
  const { database } = queues.operator;
  const stack = deployedStack({
    TableName: database.tableName,
    DeliveryQueueUrl: queues.queueUrl('deliveries'),
    DeliveryDeadLetterQueueUrl: queues.queueUrl('dead-letters'),
  });
  const logs = cloudWatchLogs([], () => new Date());
  const queueEngine = new URL(queues.queueUrl('deliveries')).origin;
  aws = await startAws((call) => {
    const denied = needsOfCall(call).find((need) => !mayDo(need));
    if (denied !== undefined) return deny(denied, call);
    if (call.service === 'dynamodb') return database.endpoint;
    if (call.service === 'sqs') return queueEngine;
    return call.service === 'logs' ? logs.answer(call) : stack.answer(call);
  });
  files = mkdtempSync(join(tmpdir(), 'access-'));
  writeFileSync(join(files, 'spring-promo.json'), JSON.stringify({ name: 'From a file', recipe: aRecipe() }));
  const seeded = await seed(database);
  tenantId = seeded.id;
  calls = scenarios(seeded, files);
});
afterAll(async () => {
  await aws.stop();
  await queues.stop();
  rmSync(files, { recursive: true });
});
beforeEach(async () => {
  [allowed, refused.length] = [undefined, 0];
  used.clear();
  await bury(queues.sqs, queues.queueUrl('dead-letters'), tenantId);
});

function needsOfCall(call: AwsCall): Need[] {
  return needsOf(call, (service) => `arn:aws:${service}:us-east-1:000000000000:`);
}

function mayDo(need: Need): boolean {
  if (allowed === undefined) return true;
  const covering = allowed.filter((grant) => covers(grant, need));
  for (const grant of covering) used.add(grant);
  return covering.length > 0;
}

function deny({ action, resource, leadingKeys }: Need, { service }: AwsCall) {
  refused.push(`${action} on ${[resource, ...leadingKeys].join(' ')}`);
  const type = service === 'sqs' ? 'com.amazonaws.sqs#AccessDenied' : 'AccessDeniedException';
  return refusal(type, `User: arn:aws:iam::000000000000:user/o is not authorized to perform: ${action}`);
}

/** Whoever runs the command sees a clock that moves by a second with each look, so that following an ended run ends. */
async function call(args: readonly string[]): Promise<CommandResult> {
  let ms = Date.parse('2026-11-22T12:20:00Z');
  return operate([...args, '--json'], { now: () => new Date((ms += 1_000)), whileWaiting: async () => undefined });
}

async function policy(...args: string[]): Promise<PolicyDocument> {
  const { out } = await operate(['access-policy', ...args]);
  return JSON.parse(out);
}

/** All but what is granted through a key, whose use no engine of these tests plays. */
function grantsOf({ Statement }: PolicyDocument): Grant[] {
  return grantsIn(Statement.filter(({ Action }) => !Action[0]!.startsWith('kms:')));
}

const named = ({ action, statement }: Grant) =>
  `${action} on ${[statement.Resource, Object.values(statement.Condition ?? {})[0]?.['dynamodb:LeadingKeys'] ?? []].flat().join(' ')}`;

test('these tests call every command of the command line', async () => {
  const every = await everyCommand();
  const called = [...calls.reads, ...calls.writes].map((args) => every.find((name) => startsWith(args, name)));

  expect(every.length).toBeGreaterThan(30);
  expect([...new Set(called)].sort()).toEqual([...every].sort());
});

function startsWith(args: readonly string[], command: string): boolean {
  return command.split(' ').every((word, index) => args[index] === word);
}

test('with the read-only policy every reading command works, and every change is refused', async () => {
  allowed = grantsOf(await policy('--read-only'));

  const reads = [];
  for (const args of calls.reads) reads.push({ args, ...(await call(args)) });
  const [unused, refusedReads] = [allowed.filter((grant) => !used.has(grant)), [...refused]];
  const writes = [];
  for (const args of calls.writes) writes.push({ args, ...(await call(args)) });

  expect(reads.filter(({ code, args }) => code !== (differs(args) ? 1 : 0))).toEqual([]);
  expect(refusedReads).toEqual([]);
  expect(unused.map(named)).toEqual([]);
  expect(writes.filter(({ code, err }) => code !== 1 || !err.includes('"code":"access_denied"'))).toEqual([]);
});

test('with the whole policy every command works, and each permission is needed by one of them', async () => {
  allowed = grantsOf(await policy());

  // Somebody else revokes the token first, so that the command reads what they have written.
  const isRevocation = ({ constructor: { name }, input }: any) =>
    name === 'UpdateCommand' && input.Key.pk.startsWith('TOKEN#');
  const race = beforeFirst(isRevocation, () => revokeAllTokens());
  const results = [];
  for (const args of [...calls.reads, ...calls.writes]) results.push({ args, ...(await call(args)) });

  race.mockRestore();

  const failed = results.filter(({ code, args }) => code !== 0 && !differs(args));
  expect(failed).toEqual([]);
  expect(refused).toEqual([]);
  expect(allowed.filter((grant) => !used.has(grant)).map(named)).toEqual([]);
});

/** These exit with 1 because there are differences. */
function differs([command]: readonly string[]): boolean {
  return command === 'reconcile' || command === 'restore-check';
}

async function revokeAllTokens(): Promise<void> {
  const { database } = queues.operator;
  const tokens = tokenStore(database);
  for (const { id } of await tokens.list(tenantId)) await tokens.revoke(tenantId, id, noon.toISOString());
}

test('a policy names only this stack, and fits into a managed policy of IAM', async () => {
  const { Statement } = await policy();

  const resources = Statement.flatMap(({ Resource }) => Resource);
  expect(resources.filter((arn) => !/^arn:aws:\w+:us-east-1:000000000000:\w/.test(arn))).toEqual([]);
  expect(resources.filter((arn) => /\*/.test(arn.replace(/:\*$|stack\/[^*]+\/\*$/, '')))).toEqual([]);
  expect(resources).toContain(`arn:aws:cloudformation:us-east-1:000000000000:stack/${stackName}/*`);
  // docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, which does not count white space
  expect(JSON.stringify(await policy()).length).toBeLessThan(6_144);
});

test('a customer key is allowed through DynamoDB and SQS only; without one, no key is', async () => {
  const throughKey = (Statement: readonly PolicyStatement[]) =>
    Statement.filter(({ Action }) => Action.some((action) => action.startsWith('kms:'))).map(
      ({ Condition }) => Condition?.['StringEquals']?.['kms:ViaService'],
    );

  expect(throughKey((await policy()).Statement)).toEqual([
    'dynamodb.us-east-1.amazonaws.com',
    'sqs.us-east-1.amazonaws.com',
    'sqs.us-east-1.amazonaws.com',
  ]);
  expect((await policy('--read-only')).Statement.flatMap(({ Action }) => Action)).not.toContain('sqs:SendMessage');
});

test('the local run has no policy, and the error says so', async () => {
  expect(await queues.operator.run('access-policy')).toMatchObject({
    code: 1,
    err: 'The local run knows no IAM policies. Name a deployed stack with --stack.\n',
  });
});
