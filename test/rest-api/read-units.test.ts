import { deliveryAttemptStore } from '../../functions/aws/delivery/attempts';
import { deliveryStore } from '../../functions/aws/delivery/deliveries';
import { runProgressStore } from '../../functions/aws/run/progress';
import { runStore } from '../../functions/aws/run/runs';
import { workflowStore } from '../../functions/aws/workflow/workflows';
import { deliveryKey, runKey, runsParent } from '../../functions/aws/keys';
import { addSeconds } from '../../functions/domain/day';
import type { Attempt, Delivery } from '../../functions/domain/delivery/delivery';
import { ended } from '../../functions/domain/delivery/outcome';
import type { AuditEvent } from '../../functions/domain/tenant/audit';
import type { TrailEntry } from '../../functions/domain/run/run';
import { ulid } from 'ulid';
import { aRecipe, aRun, noon } from '../support/builders';
import { readUnits, type Measured } from '../support/read-units';
import { sampled } from '../support/sample';
import { startRest, type Rest } from '../support/rest';
import { putRow, rowAt } from '../support/table';

// Each tenant gets 100 workflows and their runs, one request after another.
jest.setTimeout(120_000);

const rows = sampled({ whole: 100, sample: 40 });
/** What a list may read besides its rows: the token, the tenant, and the keys in an index. */
const besides = 20;

let rest: Rest;
let measured: Measured;
beforeAll(async () => {
  rest = await startRest((table) => {
    measured = readUnits(table);
    return measured.database;
  });
});
afterAll(() => rest.stop());

const at = noon.toISOString();
const step = (characters: number): TrailEntry => ({
  type: 'log',
  status: 'succeeded',
  started_at: at,
  finished_at: at,
  output: { message: 'x'.repeat(characters) },
  error: null,
});
const smallTrail = [step(5)];
/** 32 messages of 3,900 bytes: nearly the 128 KB that a trail may have. */
const largestTrail = Array.from({ length: 32 }, () => step(3900));
const endOf = (entries: readonly TrailEntry[]) => ({
  expectedCursor: 0,
  cursor: entries.length,
  entries,
  status: 'succeeded' as const,
  stepsSucceeded: entries.length,
  stepsFailed: 0,
  startedAt: at,
  finishedAt: at,
  resumeAt: null,
  error: null,
  dueAt: undefined,
});

/** Creates a tenant whose workflows each have a run that ended with this trail and this input. */
async function tenantWith(
  trail: readonly TrailEntry[],
  inputBytes: number,
  workflowId?: number,
): Promise<{ id: string; token: string }> {
  const tenant = await rest.aTenant({ unlimited: true });
  const [workflows, runs, progress] = [workflowStore, runStore, runProgressStore].map((store) => store(rest.table)) as [
    ReturnType<typeof workflowStore>,
    ReturnType<typeof runStore>,
    ReturnType<typeof runProgressStore>,
  ];
  const input = JSON.stringify({ a: 'y'.repeat(inputBytes) });
  const fill = async (id: number) => {
    await workflows.create(tenant.id, { name: `W${id}`, description: null, active: true, recipe: aRecipe() }, at);
    const run = aRun({ id, workflow_id: workflowId ?? id, uid: `run_${String(id).padStart(26, '0')}` });
    await runs.put(tenant.id, { run, input, dueAt: at, keyHash: undefined });
    await progress.record(tenant.id, { ...run, trail: [] }, endOf(trail));
  };
  await Promise.all(Array.from({ length: rows }, (_, index) => fill(index + 1)));
  return tenant;
}

/** What a receiver may answer to each attempt: as much as is kept of it. */
const anAttempt = (number: number): Attempt => ({
  number,
  trigger: 'event',
  at: addSeconds(noon, number).toISOString(),
  duration_ms: 20,
  url: 'https://hooks.example.com/in',
  request_headers: { 'webhook-id': 'dlv_1' },
  address: '203.0.113.7',
  response_status: 500,
  response_excerpt: 'e'.repeat(4096),
  error: { class: 'http_status', rule: null, detail: 'The receiver answered 500.' },
});

/** A delivery before its first attempt. */
const aDelivery = (id: string): Delivery => ({
  id,
  event: 'campaign.sent',
  run_id: null,
  run_uid: null,
  step_index: null,
  endpoint_id: 'ep_0123456789',
  url: `https://hooks.example.com/${'u'.repeat(2000)}`,
  body: 'envelope',
  status: 'pending',
  ended_reason: null,
  attempts_made: 0,
  trigger: 'event',
  next_attempt_at: at,
  created_at: at,
  expires_at: addSeconds(noon, 86_400).toISOString(),
  attempts: [],
});

const anAuditRow = (): AuditEvent => ({
  id: ulid(),
  at,
  actor: { channel: 'operator', name: 'Olga' },
  action: 'tenant.cap_changed',
  target: 'tenant acme',
  request_id: 'op_1',
});

/** A delivery whose two attempts failed, recorded as the product records them. */
async function aFailedDelivery(tenantId: string, id: string): Promise<void> {
  const delivery = { ...aDelivery(id), url: 'https://hooks.example.com/in' };
  await deliveryStore(rest.table).putIfAbsent(tenantId, delivery, at);
  const store = deliveryAttemptStore(rest.table);
  for (const number of [1, 2]) {
    const message = { tenant_id: tenantId, delivery_id: id, attempts: number - 1 };
    const claimed = await store.claim(message, { token: `t${number}`, until: '9999' }, noon);
    const verdict = {
      ...ended(number === 2 ? 'failed' : 'pending', number === 2 ? 'attempts_exhausted' : null),
      dueAt: number === 2 ? null : at,
    };
    await store.record(tenantId, claimed!, `t${number}`, { verdict, attempt: anAttempt(number) });
  }
}

async function unitsOf(tenant: { id: string }, path: string): Promise<number> {
  const token = rest.aMember(tenant.id);
  await rest.call('GET', '/api/v1/me', { token });
  measured.take();
  const answer = await rest.call('GET', path, { token });
  const units = measured.take();
  expect({ status: answer.status, rows: answer.body.data.length }).toEqual({ status: 200, rows });
  return units;
}

describe('a list reads at most one unit for each row that it shows, whatever the size of what it does not show', () => {
  let small: { id: string; token: string };
  let large: { id: string; token: string };
  beforeAll(async () => {
    small = await tenantWith(smallTrail, 10);
    large = await tenantWith(largestTrail, 1900);
  });

  test.each(['/api/v1/workflows?limit=100', '/api/v1/workflow-runs?limit=100'])('GET %s', async (path) => {
    const units = [await unitsOf(small, path), await unitsOf(large, path)];

    for (const read of units) expect(read).toBeLessThanOrEqual(rows + besides);
  });

  test('GET /api/v1/workflow-runs?workflow_id=1', async () => {
    const tenant = await tenantWith(largestTrail, 1900, 1);

    expect(await unitsOf(tenant, '/api/v1/workflow-runs?limit=100&workflow_id=1')).toBeLessThanOrEqual(rows + besides);
  });

  test.each([
    [
      '/api/v1/tokens',
      async (tenantId: string) => {
        for (let count = 1; count < rows; count += 1) await rest.aToken(tenantId, { name: 'n'.repeat(120) });
      },
    ],
    [
      '/api/v1/audit-events',
      async (tenantId: string) => {
        for (let count = 0; count < rows; count += 1) await rest.deps.audit.append(tenantId, anAuditRow());
      },
    ],
    [
      '/api/v1/webhook-deliveries',
      async (tenantId: string) => {
        for (let count = 0; count < rows; count += 1) {
          const id = `dlv_${ulid()}`;
          await putRow(rest.table, { ...deliveryKey(tenantId, id), ...aDelivery(id) });
        }
      },
    ],
    [
      '/api/v1/webhook-deliveries?status=failed',
      async (tenantId: string) => {
        for (let count = 0; count < rows; count += 1) await aFailedDelivery(tenantId, `dlv_${ulid()}0A0123456789`);
      },
    ],
  ])('GET %s', async (path, fill) => {
    const tenant = await rest.aTenant();
    await fill(tenant.id);

    expect(await unitsOf(tenant, `${path}${path.includes('?') ? '&' : '?'}limit=100`)).toBeLessThanOrEqual(
      rows + besides,
    );
  });

  test('what a run did is shown whole, although its row contains only a reference to it', async () => {
    const { body } = await rest.call('GET', '/api/v1/workflow-runs/1', { token: large.token });

    expect(body.steps.slice(0, 32)).toMatchObject(
      largestTrail.map(({ output }, index) => ({ index, status: 'succeeded', output })).slice(0, body.steps.length),
    );
    const row = await rowAt(rest.table, runKey(large.id, 1));
    expect(Buffer.byteLength(JSON.stringify(row))).toBeLessThan(4096);
  });
});

test('the last run of a workflow is shown although an earlier release wrote its whole trail into its row', async () => {
  const tenant = await rest.aTenant();
  for (let id = 1; id <= rows; id += 1) {
    await rest.aWorkflow(tenant.id);
    const run = aRun({ id, workflow_id: id, status: 'succeeded', uid: `run_${String(id).padStart(26, '0')}` });
    const parent = runsParent(tenant.id, id);
    await putRow(rest.table, { ...runKey(tenant.id, id), parent, ...run, trail: largestTrail, input: '{}' });
  }

  const { status, body } = await rest.call('GET', '/api/v1/workflows?limit=100', { token: tenant.token });

  expect(status).toBe(200);
  expect(body.data.map(({ last_run }: any) => last_run.id)).toEqual(body.data.map(({ id }: any) => id));
});
