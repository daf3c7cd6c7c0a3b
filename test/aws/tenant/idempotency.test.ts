import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from '../../../functions/aws/database';
import { claimKey, runKey } from '../../../functions/aws/keys';
import { runProgressStore } from '../../../functions/aws/run/progress';
import { settlementStore } from '../../../functions/aws/run/settlement';
import { claimStore } from '../../../functions/aws/tenant/claims';
import { hashKey } from '../../../functions/domain/idempotency';
import { startRun } from '../../../functions/domain/run/start-run';
import type { StartedRun, StartRunCommand } from '../../../functions/domain/run/start-run-stores';
import { noon } from '../../support/builders';
import { startTable, type Table } from '../../support/engines';
import { counted, holding, isCount, isRunPut, isClaimPut, repeating } from '../../support/requests';
import { aTrigger, recordedExecutions, startRunDeps, testClock } from '../../support/start-run';
import { overwrite, rowAt, runRows, tenantRow, tenantWithWorkflow } from '../../support/table';

jest.setTimeout(60_000);

let table: Table;

beforeAll(async () => {
  table = await startTable();
});

afterAll(() => table.stop());

const today = 'd20261122';
const refusal = (code: string) => expect.objectContaining({ code });
const withKey = { idempotencyKey: 'nightly-7' } as const;
const withInput = (input: unknown) => ({ start: { operation: 'trigger', workflowId: 1, input } }) as const;

function trigger(
  tenantId: string,
  overrides: Partial<StartRunCommand> = {},
  { database = table, at = noon }: { database?: Database; at?: Date | string } = {},
) {
  return startRun(startRunDeps(database, testClock(at)).deps, aTrigger(tenantId, { ...withKey, ...overrides }));
}

/** The process dies at the request that `applies` picks. */
async function dyingTrigger(tenantId: string, applies: Parameters<typeof holding>[1]) {
  const { database, reached } = holding(table, applies);
  void trigger(tenantId, {}, { database });
  await reached;
}

const keyOfClaim = (tenantId: string) => claimKey(tenantId, hashKey(withKey.idempotencyKey));
const claimOf = (tenantId: string) => rowAt(table, keyOfClaim(tenantId));
const isComplete = ({ input }: { readonly input: any }) => String(input.UpdateExpression).startsWith('SET #result');
const afterTheLease = '2026-11-22T12:01:00.000Z';

describe('a request repeated with its Idempotency-Key', () => {
  it('answers with the same run and starts nothing', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const executions = recordedExecutions();
    const { deps } = startRunDeps(table, testClock(), executions);
    const first = await startRun(deps, aTrigger(tenantId, withKey));

    const second = await startRun(deps, aTrigger(tenantId, withKey));

    expect(second).toEqual({ ...first, run: expect.objectContaining(first.run), replayed: true });
    expect(executions.started).toHaveLength(1);
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 1 });
  });

  it('answers with the run as it is by now', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const { run } = await trigger(tenantId);
    await runProgressStore(table).end(tenantId, run.id, { status: 'cancelled', at: afterTheLease, error: null });

    expect((await trigger(tenantId)).run).toMatchObject({ id: run.id, status: 'cancelled' });
  });

  it('answers with the run also when the cap is reached, the workflow gone inactive or the input large', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const large = withInput({ a: 'x'.repeat(5000) });
    const { run } = await trigger(tenantId, large);
    await overwrite(table, { pk: `T#${tenantId}`, sk: 'TENANT' }, { [today]: 1000 });
    await overwrite(table, { pk: `T#${tenantId}`, sk: 'WORKFLOW#0000000001' }, { active: false });

    const replay = await trigger(tenantId, large);

    expect(replay).toMatchObject({ replayed: true, run: { id: run.id }, dailyCap: { used: 1000 } });
    expect(replay.input).toHaveLength(5008);
  });

  it('is the same request over another door and with its keys in another order', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const { run } = await trigger(tenantId, withInput({ a: 1, b: { c: 2, d: 3 } }));

    const replay = await trigger(tenantId, { ...withInput({ b: { d: 3, c: 2 }, a: 1 }), channel: 'mcp' });

    expect(replay).toMatchObject({ replayed: true, run: { id: run.id } });
  });

  it('without an input is the same as with an empty one, and not the same as with null', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await trigger(tenantId, withInput(undefined));

    expect(await trigger(tenantId, withInput({}))).toMatchObject({ replayed: true, input: '{}' });
    await expect(trigger(tenantId, withInput(null))).rejects.toEqual(refusal('idempotency_key_reused'));
  });

  it.each<[string, Partial<StartRunCommand>]>([
    ['input', withInput({ campaign: 'Summer Promo' })],
    ['workflow', { start: { operation: 'trigger', workflowId: 2, input: { campaign: 'Spring Promo' } } }],
    ['operation', { start: { operation: 'rerun', runId: 1, version: 'same' } }],
  ])('but another %s is refused', async (_what, overrides) => {
    const tenantId = await tenantWithWorkflow(table);
    await trigger(tenantId);

    await expect(trigger(tenantId, overrides)).rejects.toEqual(refusal('idempotency_key_reused'));
    expect(await runRows(table, tenantId)).toHaveLength(1);
  });

  it('belongs to its tenant alone', async () => {
    const [one, other] = [await tenantWithWorkflow(table), await tenantWithWorkflow(table)];

    expect(await trigger(one)).toMatchObject({ replayed: false });
    expect(await trigger(other, withInput({ other: true }))).toMatchObject({ replayed: false, run: { id: 1 } });
  });

  it('is a new one 24 hours later, to the second', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await trigger(tenantId);

    const before = await trigger(tenantId, {}, { at: '2026-11-23T11:59:59.999Z' });
    const after = await trigger(tenantId, withInput({ another: 'input' }), { at: '2026-11-23T12:00:00.000Z' });

    expect(before).toMatchObject({ replayed: true, run: { id: 1 } });
    expect(after).toMatchObject({ replayed: false, run: { id: 2 } });
    expect(await trigger(tenantId, withInput({ another: 'input' }), { at: '2026-11-24T11:59:59.999Z' })).toMatchObject({
      replayed: true,
      run: { id: 2 },
    });
  });

  it('that is a rerun answers with the same new run', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await trigger(tenantId, { idempotencyKey: undefined });
    const rerun = { idempotencyKey: 'again', start: { operation: 'rerun', runId: 1, version: 'same' } } as const;

    expect(await trigger(tenantId, rerun)).toMatchObject({ replayed: false, run: { id: 2, rerun_of: 1 } });
    expect(await trigger(tenantId, rerun)).toMatchObject({ replayed: true, run: { id: 2 } });
    await expect(
      trigger(tenantId, { ...rerun, start: { operation: 'rerun', runId: 1, version: 'current' } }),
    ).rejects.toEqual(refusal('idempotency_key_reused'));
  });
});

describe('two requests with one key at the same time', () => {
  it('are told that one is at work', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const { database, reached, release } = holding(table, isCount);
    const first = trigger(tenantId, {}, { database });
    await reached;

    await expect(trigger(tenantId)).rejects.toEqual(
      expect.objectContaining({ code: 'idempotency_in_progress', retryAfterSeconds: 2 }),
    );

    release();
    expect(await first).toMatchObject({ replayed: false, run: { id: 1 } });
    expect(await trigger(tenantId)).toMatchObject({ replayed: true, run: { id: 1 } });
  });

  it('and 20 of them start one run', async () => {
    const tenantId = await tenantWithWorkflow(table);

    const settled = await Promise.allSettled(Array.from({ length: 20 }, () => trigger(tenantId)));

    const started = settled.filter((one): one is PromiseFulfilledResult<StartedRun> => one.status === 'fulfilled');
    expect(started.filter(({ value }) => !value.replayed)).toHaveLength(1);
    const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(new Set([...refused, 'idempotency_in_progress'])).toEqual(new Set(['idempotency_in_progress']));
    expect(await runRows(table, tenantId)).toHaveLength(1);
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 1, last_run_number: 1 });
  });
});

describe('a refusal', () => {
  it.each<[string, Partial<StartRunCommand>, object]>([
    ['invalid_request', withInput([]), {}],
    ['not_found', { start: { operation: 'trigger', workflowId: 9, input: {} } }, {}],
    ['workflow_inactive', {}, { active: false }],
    ['daily_cap_reached', {}, { used_by_day: { '2026-11-22': 1000 } }],
    ['plan_required', {}, { plan: 'starter' }],
  ])('as %s leaves the key free for the next attempt, without a write', async (code, overrides, tenant) => {
    const { database, take } = counted(table);
    const tenantId = await tenantWithWorkflow(table, tenant);

    await expect(trigger(tenantId, overrides, { database })).rejects.toEqual(refusal(code));

    expect(take()).toEqual({ BatchGet: 1 });
    expect(await claimOf(tenantId)).toBeUndefined();
  });

  it('by the counter, after the key was taken, gives the key back', async () => {
    const tenantId = await tenantWithWorkflow(table, { used_by_day: { '2026-11-22': 999 } });
    const { database, reached, release } = holding(table, isCount);
    const losing = trigger(tenantId, {}, { database });
    await reached;
    expect(await claimOf(tenantId)).toBeDefined();

    await trigger(tenantId, { idempotencyKey: undefined });
    release();

    await expect(losing).rejects.toEqual(refusal('daily_cap_reached'));
    expect(await claimOf(tenantId)).toBeUndefined();
    expect(await trigger(tenantId, {}, { at: '2026-11-23T00:00:00.000Z' })).toMatchObject({ replayed: false });
  });
});

describe('a key whose request died', () => {
  it('before its run was stored is taken over when the lease ends: one run, and the lost one given back', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await dyingTrigger(tenantId, isRunPut);
    await expect(trigger(tenantId, {}, { at: '2026-11-22T12:00:59.999Z' })).rejects.toEqual(
      refusal('idempotency_in_progress'),
    );

    expect(await trigger(tenantId, {}, { at: afterTheLease })).toMatchObject({ replayed: false, run: { id: 2 } });
    await settlementStore(table).settle(tenantId, new Date('2026-11-22T12:02:00.000Z'));
    await settlementStore(table).settle(tenantId, new Date('2026-11-22T12:03:00.000Z'));

    expect((await runRows(table, tenantId)).map(({ id }) => id)).toEqual([2]);
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 1 });
    expect(await trigger(tenantId, {}, { at: '2026-11-22T12:04:00.000Z' })).toMatchObject({
      replayed: true,
      run: { id: 2 },
    });
  });

  it('before it was counted is taken over when the lease ends', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await dyingTrigger(tenantId, isCount);

    expect(await trigger(tenantId, {}, { at: afterTheLease })).toMatchObject({ replayed: false, run: { id: 1 } });
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 1 });
  });

  it('after its run was stored is taken over with that run: no second one, ever', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await trigger(tenantId, { idempotencyKey: undefined });
    await dyingTrigger(tenantId, isComplete);
    for (let n = 0; n < 3; n += 1) await trigger(tenantId, { idempotencyKey: undefined });

    const replay = await trigger(tenantId, {}, { at: afterTheLease });

    expect(replay).toMatchObject({ replayed: true, run: { id: 2 }, input: '{"campaign":"Spring Promo"}' });
    expect(await runRows(table, tenantId)).toHaveLength(5);
    expect(await claimOf(tenantId)).toMatchObject({ result: '2' });
  });

  it('and is used for another request is refused all the same', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await dyingTrigger(tenantId, isComplete);

    await expect(trigger(tenantId, withInput({ other: 1 }), { at: afterTheLease })).rejects.toEqual(
      refusal('idempotency_key_reused'),
    );
  });

  it('is taken over by one of many', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await dyingTrigger(tenantId, isRunPut);

    const settled = await Promise.allSettled(
      Array.from({ length: 10 }, () => trigger(tenantId, {}, { at: afterTheLease })),
    );

    expect(settled.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
    expect((await runRows(table, tenantId)).map(({ id }) => id)).toEqual([2]);
  });

  it('is free as soon as TTL took the claim away between look and take', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await trigger(tenantId);
    const { database, reached, release } = holding(table, isClaimPut);
    const late = trigger(tenantId, {}, { database, at: '2026-11-23T12:00:00.000Z' });
    await reached;

    await table.client.send(new DeleteCommand({ TableName: table.tableName, Key: { ...keyOfClaim(tenantId) } }));
    release();

    expect(await late).toMatchObject({ replayed: false, run: { id: 2 } });
  });
});

describe('a claim that the SDK sends twice, because the answer to the first was lost', () => {
  it('belongs to the request that sent it: its run starts at once, and the next request gets that run', async () => {
    const tenantId = await tenantWithWorkflow(table);

    const first = await trigger(tenantId, {}, { database: repeating(table, isClaimPut) });

    expect(first).toMatchObject({ replayed: false, run: { id: 1 } });
    expect(await trigger(tenantId)).toMatchObject({ replayed: true, run: { id: 1 } });
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 1 });
  });

  it('belongs to it also when it takes over the key of a request that died', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await dyingTrigger(tenantId, isCount);

    const later = { database: repeating(table, isClaimPut), at: afterTheLease };

    expect(await trigger(tenantId, {}, later)).toMatchObject({ replayed: false, run: { id: 1 } });
  });

  it('does not undo what the request noted in the meantime, however late the first one arrives', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const claims = claimStore(table);
    const request = { fingerprint: 'f', lastRunNumber: 0, holder: 'run_1', now: noon };
    const claim = (await claims.take(tenantId, 'hash', request, undefined))!;
    await claims.complete(tenantId, 'hash', claim, '1');

    expect(await claims.take(tenantId, 'hash', request, undefined)).toBeUndefined();

    expect(await claims.get(tenantId, 'hash')).toMatchObject({ result: '1' });
  });
});

describe('a claim of the release before, which names no holder', () => {
  const unheld = async () => {
    const tenantId = await tenantWithWorkflow(table);
    await dyingTrigger(tenantId, isComplete);
    const { client, tableName } = table;
    await client.send(
      new UpdateCommand({
        TableName: tableName,
        Key: { ...keyOfClaim(tenantId) },
        UpdateExpression: 'REMOVE holder',
      }),
    );
    return tenantId;
  };

  it('is completed with the run that its request had stored', async () => {
    const tenantId = await unheld();

    expect(await trigger(tenantId, {}, { at: afterTheLease })).toMatchObject({ replayed: true, run: { id: 1 } });
    expect(await claimOf(tenantId)).toMatchObject({ result: '1' });
  });

  it('is neither completed nor given back by another one than it was read as', async () => {
    const tenantId = await unheld();
    const claims = claimStore(table);
    const keyHash = hashKey(withKey.idempotencyKey);
    const another = { ...(await claims.get(tenantId, keyHash))!, lease_until: '2026-11-22T12:09:00.000Z' };

    expect(await claims.complete(tenantId, keyHash, another, '9')).toBe(false);
    expect(await claims.drop(tenantId, keyHash, another)).toBe(false);
    expect(await claimOf(tenantId)).toMatchObject({ result: null });
  });
});

it('A claim is completed and given back by its holder alone', async () => {
  const claims = claimStore(table);
  const request = { fingerprint: 'f', lastRunNumber: 0, now: noon };
  const tenantId = await tenantWithWorkflow(table);
  const own = (await claims.take(tenantId, 'hash', { ...request, holder: 'run_1' }, undefined))!;
  // Of the same millisecond, so that its lease ends with the other's.
  const other = { ...own, holder: 'run_2' };

  expect(await claims.complete(tenantId, 'hash', other, '2')).toBe(false);
  expect(await claims.drop(tenantId, 'hash', other)).toBe(false);
  expect(await claims.drop(tenantId, 'hash', own)).toBe(true);
});

it('A run knows the key it was started with, and no answer tells', async () => {
  const tenantId = await tenantWithWorkflow(table);

  const { run } = await trigger(tenantId);

  expect(await rowAt(table, runKey(tenantId, run.id))).toMatchObject({ key_hash: hashKey('nightly-7') });
  expect(run).not.toHaveProperty('key_hash');
});
