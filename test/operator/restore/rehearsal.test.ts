import type { Database } from '../../../functions/aws/database';
import { endpointKey, runKey, tokenIdKey, versionKey, workflowKey, type Key } from '../../../functions/aws/keys';
import { memberStore } from '../../../functions/aws/tenant/members';
import { tokenStore } from '../../../functions/aws/tenant/tokens';
import { workflowStore } from '../../../functions/aws/workflow/workflows';
import { addSeconds } from '../../../functions/domain/day';
import { newToken } from '../../../functions/domain/tenant/token';
import { endpointId, tenantId, token } from '../../faults/fixture';
import { ulidTime } from '../../../functions/domain/ulid';
import { runUntilIdle, type Simulation } from '../../faults/simulation/simulation';
import { aRecipe, aToken, longBefore, noon } from '../../support/builders';
import { overwrite, putRow, rowAt } from '../../support/table';
import { deleteByHand, startWorld, type World } from './world';

jest.setTimeout(60_000);

const created_at = longBefore.toISOString();
const began = addSeconds(noon, -7200);
const email = 'mallory@acme.example';
const leakedToken = aToken({ id: `tok_${'0'.repeat(25)}7`, tenant_id: tenantId, created_at, expires_at: null });

let world: World;
let product: Simulation;
let restored: Database;
/** What the receiver answers from now on. */
let status: number;

/** May change endpoints, which the other token may not. */
const webhookToken = newToken('pat');
const webhookTokenId = `tok_${'0'.repeat(25)}8`;

/** Morning in a tenant: one run is delivered, one waits for its webhook's next attempt, one is in its delay. Then a table is
 * restored to this moment, while the live one goes on. */
beforeEach(async () => {
  world = await startWorld();
  status = 200;
  product = await world.productOn(world.live, { at: began, rows: await world.seed() }, () => status);
  const second = { name: 'Autumn Promo', description: null, active: true, recipe: aRecipe() };
  await workflowStore(world.live).create(tenantId, second, created_at);
  await memberStore(world.live).add({ tenant_id: tenantId, email, permissions: ['viewer'], created_at });
  await tokenStore(world.live).put(tenantId, newToken('pat'), leakedToken);
  const scopes = ['webhooks:write' as const];
  await tokenStore(world.live).put(tenantId, webhookToken, aToken({ ...leakedToken, id: webhookTokenId, scopes }));
  await trigger();
  await runUntilIdle(product);
  status = 500;
  await trigger();
  await advance(30);
  status = 200;
  await trigger();
  await advance(5);
  restored = await world.restore('restored');
  await goOn();
});

afterEach(() => world.stop());

const trigger = () => product.rest('POST', '/api/v1/workflows/1/runs', { token, body: {} });
const advance = (seconds: number) => product.schedule.advanceTo(addSeconds(product.schedule.now(), seconds));

/** What happens in live after the restored moment: by the product, by people, and by somebody's hand. */
async function goOn(): Promise<void> {
  await runUntilIdle(product);
  await trigger();
  await runUntilIdle(product);
  await world.operator.run('tokens', 'revoke', tenantId, leakedToken.id);
  await world.operator.run('members', 'remove', tenantId, email);
  const endpoints = '/api/v1/webhook-endpoints';
  const answers = [
    await product.rest('POST', `${endpoints}/${endpointId('hawk')}/rotate-secret`, { token: webhookToken, body: {} }),
    await product.rest('PATCH', `${endpoints}/${endpointId('spare')}`, {
      token: webhookToken,
      body: { status: 'disabled' },
    }),
  ];
  expect(answers).toMatchObject([{ status: 200 }, { status: 200 }]);
  await deleteByHand(world.live, runKey(tenantId, 1));
  await deleteByHand(world.live, workflowKey(tenantId, 2));
  await overwrite(world.live, versionKey(tenantId, 1, 1), { recipe: '{"steps":[]}' });
}

const check = async () => JSON.parse((await world.operator.run('restore-check', 'restored', '--json')).out);
const copyBack = async (key: Key) => putRow(world.live, (await rowAt(restored, key))!);

test('restore-check names what a restore would lose, bring back and repeat', async () => {
  const { restored_moment, tenants } = await check();

  expect(restored_moment).toBe('2026-11-22T10:02:30.000Z');
  expect(tenants).toHaveLength(1);
  expect(tenants[0]).toMatchObject({ tenant: tenantId, open_in_restored: { runs: 1, deliveries: 1 } });
  expect(tenants[0].restored_differences).toEqual([]);
  expect(tenants[0].rows).toEqual({
    tenant: { live: 1, restored: 1 },
    workflows: { live: 1, restored: 2 },
    versions: { live: 2, restored: 2 },
    endpoints: { live: 2, restored: 2 },
    tokens: { live: 3, restored: 3 },
    members: { live: 0, restored: 1 },
    audit: { live: 4, restored: 0 },
    others: { live: 1, restored: 0 },
    runs: { live: 3, restored: 3 },
    events: { live: 4, restored: 2 },
    deliveries: { live: 4, restored: 2 },
    attempts: { live: 3, restored: 2 },
  });
  const named = tenants[0].differences.map(({ rows, where, count, first }: any) => [
    `${count} ${rows} ${where}`,
    // The ids of audit rows are random.
    ...(rows === 'audit' ? [] : first.map(({ sk, attributes }: any) => [sk, ...attributes].join(' '))),
  ]);
  expect(Object.fromEntries(named.map(([name, ...first]: string[]) => [name, first]))).toEqual({
    '4 audit only_live': [],
    '1 others only_live': ['COUNTS#2026-11-22'],
    '2 endpoints different': [
      'ENDPOINT#ep_hawk000000 edit_mark failed_day_at failed_days failing_since health_mark previous_secret previous_until rotated_at secret updated_at',
      'ENDPOINT#ep_spare00000 address_mark disabled_at disabled_reason edit_mark health_mark status updated_at',
    ],
    '1 tenant different': ['TENANT d20261122 due_at last_run_number open_shard settled_upto'],
    '1 versions different': ['VERSION#0000000001#0000000001 recipe'],
    '1 workflows only_restored': ['WORKFLOW#0000000002'],
    '1 members only_restored': [`MEMBER#${email}`],
    '1 tokens different': [`TOKEN#${leakedToken.id} revoked_at`],
    '1 runs only_live': ['0000000004'],
    '1 runs only_restored': ['0000000001'],
    '1 runs different': [expect.stringMatching(/^0000000003 cursor due_at finished_at /)],
    '1 attempts only_live': [expect.stringMatching(/#000003#/)],
    '2 events only_live': [expect.stringMatching(/302$/), expect.stringMatching(/402$/)],
    '2 deliveries only_live': [expect.stringMatching(/302HAWK000000$/), expect.stringMatching(/402HAWK000000$/)],
    '1 deliveries different': [expect.stringMatching(/202HAWK000000 attempts_made /)],
  });
});

test('each danger has a kind, what both tables say, and what to do, and the exit code is 1', async () => {
  const { code, out, err } = await world.operator.run('restore-check', 'restored');
  const [{ dangers }] = (await check()).tenants;

  const found = dangers.flatMap(({ kind, first }: any) =>
    first.map(({ subject, live, restored }: any) => `${kind}: ${subject}: ${live} / ${restored}`),
  );
  expect(found.sort()).toEqual([
    'altered_in_live: workflow 1 version 1: other recipe / as it was written',
    'counter_behind: d20261122: 4 / 3',
    'counter_behind: last_run_number: 4 / 3',
    `delivery_repeats: dlv_${idOf(2)}: delivered after 3 attempts / pending after 2 attempts`,
    'endpoint_revived: ep_spare00000: disabled / active',
    'lost_in_live: run 1: no row / a row',
    'lost_in_live: workflow 2: no row / a row',
    `member_revived: member ${email}: no member / viewer`,
    'run_repeats: run 3: succeeded after 3 steps / running after 2 steps',
    'secret_outdated: ep_hawk000000: a newer secret / an older secret',
    expect.stringMatching(`^token_revived: ${leakedToken.id}: revoked 2026-11-22T12:00:00.\\d+Z / usable$`),
  ]);
  expect(code).toBe(1);
  expect(err).toBe('11 differences need a decision before rows of the restored table are used.\n');
  expect(out).toMatch(/^The newest row of restored is of 2026-11-22 10:02:30Z, 118 minutes ago\.$/m);
  expect(out).toMatch(/^acme +runs +3 +3 +1 +1 +1$/m);
  expect(out).toMatch(/^acme +only_restored +T#acme +WORKFLOW#0000000002 +–$/m);
  expect(out).toMatch(/^acme +run_repeats +run 3 +succeeded after 3 steps +running after 2 steps$/m);
  expect(out).toMatch(/^run_repeats: Do not copy these runs back/m);
  expect(out).toMatch(/^Compared rows: 48, .* recovery takes up runs: 1, deliveries: 1\.$/m);
});

test('nothing secret is printed', async () => {
  const printed = await Promise.all([
    world.operator.run('restore-check', 'restored'),
    world.operator.run('restore-check', 'restored', '--json'),
  ]);

  const text = JSON.stringify(printed);
  const secrets = await Promise.all(
    [world.live, restored].map(async (table) => [
      (await rowAt(table, endpointKey(tenantId, endpointId('hawk'))))?.['secret'],
      (await rowAt(table, tokenIdKey(tenantId, leakedToken.id)))?.['hash'],
    ]),
  );
  for (const secret of secrets.flat()) {
    expect(secret).toEqual(expect.any(String));
    expect(text).not.toContain(secret);
  }
  expect(text).not.toContain('Kicking off');
});

test('step 4: once the wrong rows are copied back, and only those, reconcile finds no difference', async () => {
  expect(await world.operator.run('reconcile')).toMatchObject({
    code: 1,
    out: expect.stringMatching(/number_missing/),
  });

  for (const key of [runKey(tenantId, 1), workflowKey(tenantId, 2), versionKey(tenantId, 1, 1)]) await copyBack(key);

  expect(await world.operator.run('reconcile')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^No differences\./),
  });
  const [{ dangers }] = (await check()).tenants;
  expect(dangers.flatMap(({ first }: any) => first)).toHaveLength(8);
  expect(dangers.map(({ kind }: any) => kind)).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/_in_live$/)]),
  );
});

test('step 6: a restored table that replaces the live one ends what was open, under the same webhook ids', async () => {
  const before = product.arrivals;
  const lost = { id: 'message-of-live', body: JSON.stringify(messageFor(4)), visibleAt: noon, receives: 0 };
  world.replaceLiveBy(restored);
  const replaced = await world.productOn(restored, { at: noon, uids: product.uidsMade(), messages: [lost] });

  await runUntilIdle(replaced);

  expect(await rowAt(restored, runKey(tenantId, 3))).toMatchObject({ status: 'succeeded', cursor: 3 });
  expect(replaced.arrivals.map(({ webhookId }) => webhookId).sort()).toEqual([`dlv_${idOf(2)}`, `dlv_${idOf(3)}`]);
  const bodyOf = (arrivals: typeof before, id: string) => arrivals.find(({ webhookId }) => webhookId === id)?.body;
  expect(bodyOf(replaced.arrivals, `dlv_${idOf(2)}`)).toBe(bodyOf(before, `dlv_${idOf(2)}`));
  expect(before.map(({ webhookId }) => webhookId)).toEqual(
    expect.arrayContaining([`dlv_${idOf(2)}`, `dlv_${idOf(3)}`]),
  );
  expect(await world.operator.run('reconcile')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^No differences\./),
  });

  await replaced.rest('POST', '/api/v1/workflows/1/runs', { token, body: {} });
  await runUntilIdle(replaced);

  expect(await rowAt(restored, runKey(tenantId, 4))).toMatchObject({ status: 'succeeded' });
  expect(before.map(({ webhookId }) => webhookId)).not.toContain(replaced.arrivals.at(-1)!.webhookId);
  expect(await world.operator.run('reconcile')).toMatchObject({ code: 0 });
});

test('an execution of a run that the restored table lacks does not touch the run that has its number now', async () => {
  const { input } = product.stepFunctions.executions.at(-1)!;
  const replaced = await world.productOn(restored, { at: noon, uids: product.uidsMade() });
  await replaced.rest('POST', '/api/v1/workflows/1/runs', { token, body: {} });
  const before = await rowAt(restored, runKey(tenantId, 4));

  await expect(replaced.product.runSegment(JSON.parse(input))).rejects.toThrow(/^Run 4 of acme is another one/);
  await replaced.product.recoverInterrupted(input);

  expect(before).toMatchObject({ status: 'queued' });
  expect(await rowAt(restored, runKey(tenantId, 4))).toEqual(before);
});

/** The id, without `dlv_`, of the delivery of step 3 of the nth run of live. */
function idOf(run: number): string {
  return `${ulidTime(noon.getTime())}${String(run).padStart(16, '0')}02HAWK000000`;
}

function messageFor(run: number) {
  return { tenant_id: tenantId, delivery_id: `dlv_${idOf(run)}`, attempts: 0 };
}
