import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Database } from '../../../functions/aws/database';
import { claimKey, runKey } from '../../../functions/aws/keys';
import { runProgressStore } from '../../../functions/aws/run/progress';
import { settlementStore } from '../../../functions/aws/run/settlement';
import { claimStore } from '../../../functions/aws/tenant/claims';
import { hashKey } from '../../../functions/domain/idempotency';
import { startRun } from '../../../functions/domain/run/start-run';
import type { StartedRun, StartRunCommand } from '../../../functions/domain/run/start-run-signature';
import { noon } from '../../support/builders';
import { startTable, type Table } from '../../support/engines';
import { counted, holding, isCounterUpdate, isRunPut, isClaimPut, repeating } from '../../support/requests';
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

/** Holds a trigger for ever at the first matching request, as if its process had crashed there. */
async function crashTrigger(tenantId: string, applies: Parameters<typeof holding>[1]) {
  const { database, reached } = holding(table, applies);
  void trigger(tenantId, {}, { database });
  await reached;
}

const keyOfClaim = (tenantId: string) => claimKey(tenantId, hashKey(withKey.idempotencyKey));
const claimOf = (tenantId: string) => rowAt(table, keyOfClaim(tenantId));
const isComplete = ({ input }: { readonly input: any }) => String(input.UpdateExpression).startsWith('SET #result');
const afterTheLease = '2026-11-22T12:01:00.000Z';

describe('a request repeated with its Idempotency-Key', () => {
  it('returns the same run and starts nothing', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const executions = recordedExecutions();
    const { deps } = startRunDeps(table, testClock(), executions);
    const first = await startRun(deps, aTrigger(tenantId, withKey));

    const second = await startRun(deps, aTrigger(tenantId, withKey));

    expect(second).toEqual({ ...first, run: expect.objectContaining(first.run), replayed: true });
    expect(executions.started).toHaveLength(1);
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 1 });
  });

  it('returns the run in its present state', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const { run } = await trigger(tenantId);
    await runProgressStore(table).end(tenantId, run.id, { status: 'cancelled', at: afterTheLease, error: null });

    expect((await trigger(tenantId)).run).toMatchObject({ id: run.id, status: 'cancelled' });
  });

  it('returns the run even if the cap is reached, the workflow is now inactive and the input is large', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const large = withInput({ a: 'x'.repeat(5000) });
    const { run } = await trigger(tenantId, large);
    await overwrite(table, { pk: `T#${tenantId}`, sk: 'TENANT' }, { [today]: 1000 });
    await overwrite(table, { pk: `T#${tenantId}`, sk: 'WORKFLOW#0000000001' }, { active: false });

    const replay = await trigger(tenantId, large);

    expect(replay).toMatchObject({ replayed: true, run: { id: run.id }, dailyCap: { used: 1000 } });
    expect(replay.input).toHaveLength(5008);
  });

  it('is the same request over another channel and with its JSON keys in another order', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const { run } = await trigger(tenantId, withInput({ a: 1, b: { c: 2, d: 3 } }));

    const replay = await trigger(tenantId, { ...withInput({ b: { d: 3, c: 2 }, a: 1 }), channel: 'mcp' });

    expect(replay).toMatchObject({ replayed: true, run: { id: run.id } });
  });

  it('is the same request without an input and with an empty one, but not with null', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await trigger(tenantId, withInput(undefined));

    expect(await trigger(tenantId, withInput({}))).toMatchObject({ replayed: true, input: '{}' });
    await expect(trigger(tenantId, withInput(null))).rejects.toEqual(refusal('idempotency_key_reused'));
  });

  it.each<[string, Partial<StartRunCommand>]>([
    ['input', withInput({ campaign: 'Summer Promo' })],
    ['workflow', { start: { operation: 'trigger', workflowId: 2, input: { campaign: 'Spring Promo' } } }],
    ['operation', { start: { operation: 'rerun', runId: 1, version: 'same' } }],
  ])('is refused if it has another %s', async (_what, overrides) => {
    const tenantId = await tenantWithWorkflow(table);
    await trigger(tenantId);

    await expect(trigger(tenantId, overrides)).rejects.toEqual(refusal('idempotency_key_reused'));
    expect(await runRows(table, tenantId)).toHaveLength(1);
  });

  it('does not see the keys of other tenants', async () => {
    const [one, other] = [await tenantWithWorkflow(table), await tenantWithWorkflow(table)];

    expect(await trigger(one)).toMatchObject({ replayed: false });
    expect(await trigger(other, withInput({ other: true }))).toMatchObject({ replayed: false, run: { id: 1 } });
  });

  it('is a new request exactly 24 hours later', async () => {
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

  it('returns the same new run if it is a rerun', async () => {
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

describe('concurrent requests with the same key', () => {
  it('are refused with idempotency_in_progress while the first is in progress', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const { database, reached, release } = holding(table, isCounterUpdate);
    const first = trigger(tenantId, {}, { database });
    await reached;

    await expect(trigger(tenantId)).rejects.toEqual(
      expect.objectContaining({ code: 'idempotency_in_progress', retryAfterSeconds: 2 }),
    );

    release();
    expect(await first).toMatchObject({ replayed: false, run: { id: 1 } });
    expect(await trigger(tenantId)).toMatchObject({ replayed: true, run: { id: 1 } });
  });

  it('start one run, even if there are 20 of them', async () => {
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
  ])('with %s leaves the key free for the next attempt, without a write', async (code, overrides, tenant) => {
    const { database, take } = counted(table);
    const tenantId = await tenantWithWorkflow(table, tenant);

    await expect(trigger(tenantId, overrides, { database })).rejects.toEqual(refusal(code));

    expect(take()).toEqual({ BatchGet: 1 });
    expect(await claimOf(tenantId)).toBeUndefined();
  });

  it('by the counter, after the key was claimed, releases the key', async () => {
    const tenantId = await tenantWithWorkflow(table, { used_by_day: { '2026-11-22': 999 } });
    const { database, reached, release } = holding(table, isCounterUpdate);
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

describe('a key whose request crashed', () => {
  it('before its run was stored is taken over when the lease ends, and the lost run is refunded', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await crashTrigger(tenantId, isRunPut);
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
    await crashTrigger(tenantId, isCounterUpdate);

    expect(await trigger(tenantId, {}, { at: afterTheLease })).toMatchObject({ replayed: false, run: { id: 1 } });
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 1 });
  });

  it('after its run was stored is taken over with that run, and never starts a second one', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await trigger(tenantId, { idempotencyKey: undefined });
    await crashTrigger(tenantId, isComplete);
    for (let n = 0; n < 3; n += 1) await trigger(tenantId, { idempotencyKey: undefined });

    const replay = await trigger(tenantId, {}, { at: afterTheLease });

    expect(replay).toMatchObject({ replayed: true, run: { id: 2 }, input: '{"campaign":"Spring Promo"}' });
    expect(await runRows(table, tenantId)).toHaveLength(5);
    expect(await claimOf(tenantId)).toMatchObject({ result: '2' });
  });

  it('is refused for another request, even after its lease', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await crashTrigger(tenantId, isComplete);

    await expect(trigger(tenantId, withInput({ other: 1 }), { at: afterTheLease })).rejects.toEqual(
      refusal('idempotency_key_reused'),
    );
  });

  it('is taken over by one of several concurrent requests', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await crashTrigger(tenantId, isRunPut);

    const settled = await Promise.allSettled(
      Array.from({ length: 10 }, () => trigger(tenantId, {}, { at: afterTheLease })),
    );

    expect(settled.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
    expect((await runRows(table, tenantId)).map(({ id }) => id)).toEqual([2]);
  });

  it('is free if TTL deletes the claim between the read and the put', async () => {
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

describe('a claim that the SDK sends twice because the first response was lost', () => {
  it('belongs to the request that sent it: its run starts at once, and the next request returns that run', async () => {
    const tenantId = await tenantWithWorkflow(table);

    const first = await trigger(tenantId, {}, { database: repeating(table, isClaimPut) });

    expect(first).toMatchObject({ replayed: false, run: { id: 1 } });
    expect(await trigger(tenantId)).toMatchObject({ replayed: true, run: { id: 1 } });
    expect(await tenantRow(table, tenantId)).toMatchObject({ [today]: 1 });
  });

  it('belongs to that request even if it takes over the key of one that crashed', async () => {
    const tenantId = await tenantWithWorkflow(table);
    await crashTrigger(tenantId, isCounterUpdate);

    const later = { database: repeating(table, isClaimPut), at: afterTheLease };

    expect(await trigger(tenantId, {}, later)).toMatchObject({ replayed: false, run: { id: 1 } });
  });

  it('does not overwrite the completed claim, however late it arrives', async () => {
    const tenantId = await tenantWithWorkflow(table);
    const claims = claimStore(table);
    const request = { fingerprint: 'f', lastRunNumber: 0, holder: 'run_1', now: noon };
    const claim = (await claims.take(tenantId, 'hash', request, undefined))!;
    await claims.complete(tenantId, 'hash', claim, '1');

    expect(await claims.take(tenantId, 'hash', request, undefined)).toBeUndefined();

    expect(await claims.get(tenantId, 'hash')).toMatchObject({ result: '1' });
  });
});

describe('a claim of an earlier release, which has no holder', () => {
  const tenantWithUnheldClaim = async () => {
    const tenantId = await tenantWithWorkflow(table);
    await crashTrigger(tenantId, isComplete);
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
    const tenantId = await tenantWithUnheldClaim();

    expect(await trigger(tenantId, {}, { at: afterTheLease })).toMatchObject({ replayed: true, run: { id: 1 } });
    expect(await claimOf(tenantId)).toMatchObject({ result: '1' });
  });

  it('is neither completed nor released if it has changed since it was read', async () => {
    const tenantId = await tenantWithUnheldClaim();
    const claims = claimStore(table);
    const keyHash = hashKey(withKey.idempotencyKey);
    const another = { ...(await claims.get(tenantId, keyHash))!, lease_until: '2026-11-22T12:09:00.000Z' };

    expect(await claims.complete(tenantId, keyHash, another, '9')).toBe(false);
    expect(await claims.drop(tenantId, keyHash, another)).toBe(false);
    expect(await claimOf(tenantId)).toMatchObject({ result: null });
  });
});

it('A claim is completed and released by its holder only', async () => {
  const claims = claimStore(table);
  const request = { fingerprint: 'f', lastRunNumber: 0, now: noon };
  const tenantId = await tenantWithWorkflow(table);
  const own = (await claims.take(tenantId, 'hash', { ...request, holder: 'run_1' }, undefined))!;
  // It claims in the same millisecond, so both leases end at the same time.
  const other = { ...own, holder: 'run_2' };

  expect(await claims.complete(tenantId, 'hash', other, '2')).toBe(false);
  expect(await claims.drop(tenantId, 'hash', other)).toBe(false);
  expect(await claims.drop(tenantId, 'hash', own)).toBe(true);
});

it('A run stores the hash of its idempotency key, and no response contains it', async () => {
  const tenantId = await tenantWithWorkflow(table);

  const { run } = await trigger(tenantId);

  expect(await rowAt(table, runKey(tenantId, run.id))).toMatchObject({ key_hash: hashKey('nightly-7') });
  expect(run).not.toHaveProperty('key_hash');
});
