import { runKey, tenantKey } from '../../../functions/aws/keys';
import { capOf } from '../../../functions/domain/tenant/tenant';
import { runSegment } from '../../../functions/run-segment/run-segment';
import { aDelay, aLog, aRecipe, aWebhookStep, noon } from '../../support/builders';
import { counted, total } from '../../support/requests';
import { startRest, type Rest } from '../../support/rest';
import { overwrite, rowAt } from '../../support/table';

jest.setTimeout(60_000);

let rest: Rest;
let token: string;
let tenantId: string;

const requests = { take: (): Record<string, number> => ({}) };

beforeAll(async () => {
  rest = await startRest((table) => {
    const { database, take } = counted(table);
    requests.take = take;
    return database;
  });
});

afterAll(() => rest.stop());

beforeEach(async () => {
  rest.clock.set(noon);
  rest.executions.state.refuse = undefined;
  rest.executions.started.length = 0;
  rest.executions.stopped.length = 0;
  ({ id: tenantId, token } = await rest.aTenant());
});

const runsPath = '/api/v1/workflows/1/runs';
const trigger = (body?: unknown, headers: Record<string, string> = {}) =>
  rest.call('POST', runsPath, { token, headers, ...(body !== undefined && { body }) });
const get = (path: string) => rest.call('GET', path, { token });

/** Performs the next segment of a run, as its execution does. */
async function performSegment(runId: number) {
  const run = (await rest.deps.runs.get(tenantId, runId))!;
  return runSegment(
    {
      ...rest.deps,
      fireWebhookEvent: async () => ({ matched_endpoints: 0 }),
      runEndIsAwaited: async () => false,
      announceRunEnd: async () => undefined,
    },
    {
      tenant_id: tenantId,
      run_id: run.id,
      uid: run.uid,
      workflow_id: run.workflow_id,
      workflow_version: run.workflow_version,
      cursor: run.cursor,
    },
  );
}

describe('a trigger', () => {
  it('is answered 202 with the run, its location and the rest of the cap', async () => {
    await rest.aWorkflow(tenantId);

    const answer = await trigger({ input: { campaign: 'Spring Promo' } });

    expect(answer).toMatchObject({
      status: 202,
      headers: {
        location: '/api/v1/workflow-runs/1',
        'retry-after': '1',
        ratelimit: '"daily-runs";r=999;t=43200',
        'ratelimit-policy': '"daily-runs";q=1000;w=86400',
        'content-type': 'application/json',
        'cache-control': 'no-store',
      },
    });
    expect(answer.headers).not.toHaveProperty('idempotent-replayed');
    expect(answer.body).toEqual({
      id: 1,
      uid: expect.stringMatching(/^run_[0-9A-HJKMNP-TV-Z]{26}$/),
      workflow_id: 1,
      workflow_name: 'Spring Promo',
      workflow_version: 1,
      status: 'queued',
      steps_total: 3,
      steps_succeeded: 0,
      steps_failed: 0,
      triggered_by: { channel: 'rest_api', name: 'CI token' },
      input: { campaign: 'Spring Promo' },
      rerun_of: null,
      created_at: '2026-11-22T12:00:00.000Z',
      started_at: null,
      finished_at: null,
      deadline_at: '2026-11-22T18:00:02.000Z',
      error: null,
      request_id: answer.headers['x-request-id'],
    });
    expect(rest.executions.started).toEqual([
      expect.objectContaining({ tenantId, run: expect.objectContaining({ uid: answer.body.uid }), restart: 0 }),
    ]);
  });

  it('of an unlimited tenant has no headers about a cap', async () => {
    ({ id: tenantId, token } = await rest.aTenant({ plan: 'custom' }));
    await rest.aWorkflow(tenantId);

    const { status, headers } = await trigger();

    expect(status).toBe(202);
    expect(headers).not.toHaveProperty('ratelimit');
    expect(headers).not.toHaveProperty('ratelimit-policy');
  });

  it('repeated with its Idempotency-Key gets the same 202, marked as a replay', async () => {
    await rest.aWorkflow(tenantId);
    const first = await trigger({ input: { a: 1 } }, { 'Idempotency-Key': '"k"' });

    const second = await trigger({ input: { a: 1 } }, { 'idempotency-key': 'k' });

    expect(second).toMatchObject({ status: 202, body: first.body });
    expect(second.headers).toMatchObject({
      location: '/api/v1/workflow-runs/1',
      'idempotent-replayed': 'true',
      ratelimit: '"daily-runs";r=999;t=43200',
    });
    expect(rest.executions.started).toHaveLength(1);
  });

  it('is accepted even if its execution cannot be started yet', async () => {
    await rest.aWorkflow(tenantId);
    rest.executions.state.refuse = new Error('down');

    expect(await trigger()).toMatchObject({ status: 202, body: { status: 'queued' } });
    expect(rest.deferred).toHaveLength(1);
  });

  it('takes 4 requests to the table on a cold start, and 3 if the token is cached', async () => {
    await rest.aWorkflow(tenantId);
    const cold = rest.coldStart();
    requests.take();

    await cold('POST', runsPath, { token });
    expect(total(requests.take())).toBe(4);
    await rest.holdLease(token, cold);
    requests.take();
    await cold('POST', runsPath, { token });
    expect(total(requests.take())).toBe(3);
    await cold('POST', runsPath, { token, headers: { 'idempotency-key': 'k' } });
    expect(total(requests.take())).toBe(5);
  });

  it('that is refused by plan or cap takes 1 request if the token is cached', async () => {
    await rest.aWorkflow(tenantId);
    await trigger();
    await overwrite(rest.table, tenantKey(tenantId), { d20261122: 1000 });
    await rest.holdLease(token, rest.call);
    requests.take();

    expect(await trigger()).toMatchObject({ status: 429 });

    expect(requests.take()).toEqual({ BatchGet: 1 });
  });

  it('stores the use of its token once in 5 minutes', async () => {
    await rest.aWorkflow(tenantId);
    token = await rest.aToken(tenantId, { id: 'tok_used', last_used_at: null });
    const lastUse = async () =>
      (await rest.deps.tokens.list(tenantId)).find(({ id }) => id === 'tok_used')?.last_used_at;

    await trigger();
    expect(await lastUse()).toBe('2026-11-22T12:00:00.000Z');
    rest.clock.advance(299);
    await trigger();
    expect(await lastUse()).toBe('2026-11-22T12:00:00.000Z');
    rest.clock.advance(1);
    await trigger();
    expect(await lastUse()).toBe('2026-11-22T12:05:00.000Z');
  });
});

describe('a dry run', () => {
  it('returns what a run would do and the rest of the cap, and performs, writes and counts nothing', async () => {
    await rest.aWorkflow(tenantId, {
      recipe: aRecipe({
        steps: [
          aWebhookStep({ payload: { a: '{{input.n | json}}', b: ['{{input.list.0 | json}}', '{{input.n | json}}'] } }),
          aDelay(7),
          aWebhookStep({ event: 'other.event', payload: { a: '{{input.n}}' } }),
          aWebhookStep(),
        ],
      }),
    });
    await rest.call('POST', '/api/v1/webhook-endpoints', {
      token,
      body: { url: 'https://hooks.example.com/a', events: ['campaign.*'] },
    });
    await rest.holdLease(token, rest.call);
    requests.take();

    const answer = await rest.call('POST', `${runsPath}?dry_run=true`, { token, body: { input: {} } });

    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual({
      valid: true,
      steps_total: 4,
      total_delay_seconds: 7,
      events: ['campaign.kickoff', 'other.event'],
      warnings: [],
      webhook_steps: [
        { index: 0, event: 'campaign.kickoff', matched_endpoints: 1, typed_inputs: ['n', 'list.0'] },
        { index: 2, event: 'other.event', matched_endpoints: 0, typed_inputs: [] },
        { index: 3, event: 'campaign.kickoff', matched_endpoints: 1, typed_inputs: [] },
      ],
      input: {},
      steps: [
        {
          ...{ index: 0, type: 'fire_webhook_event', event: 'campaign.kickoff', matched_endpoints: 1 },
          endpoints: [{ id: expect.stringMatching(/^ep_/), url: 'https://hooks.example.com/a' }],
          payload: { a: '{{input.n | json}}', b: ['{{input.list.0 | json}}', '{{input.n | json}}'] },
          ...{ missing: ['n', 'list.0'], error: null, truncated: false },
        },
        { index: 1, type: 'delay', seconds: 7, missing: [], error: null, truncated: false },
        expect.objectContaining({ index: 2, matched_endpoints: 0, endpoints: [] }),
        expect.objectContaining({ index: 3, matched_endpoints: 1 }),
      ],
      usage: { day: '2026-11-22', used: 0, cap: 1000, remaining: 1000, resets_at: '2026-11-23T00:00:00.000Z' },
    });
    expect(Object.keys(requests.take()).sort()).toEqual(['BatchGet', 'Get', 'Query']);
    expect(rest.executions.started).toEqual([]);
    expect((await get('/api/v1/workflow-runs')).body.data).toEqual([]);
  });

  it('is possible even if the cap is reached', async () => {
    ({ id: tenantId, token } = await rest.aTenant({ plan: 'custom', ...capOf('custom', 0) }));
    await rest.aWorkflow(tenantId);

    expect((await rest.call('POST', `${runsPath}?dry_run=true`, { token })).body.usage).toMatchObject({ remaining: 0 });
  });

  it.each([
    ['dry_run=maybe', 'dry_run', 'Must be one of: true, false.'],
    ['dry_run=true&dry_run=false', 'dry_run', 'Give this parameter once.'],
    ['dry=true', 'dry', 'Unknown parameter; remove it.'],
  ])('needs exactly dry_run=true: %s is refused with 422 and starts nothing', async (query, parameter, detail) => {
    await rest.aWorkflow(tenantId);

    expect(await rest.call('POST', `${runsPath}?${query}`, { token })).toMatchObject({
      status: 422,
      body: { errors: [{ parameter, detail }] },
    });
    expect(rest.executions.started).toEqual([]);
  });
});

describe('a run', () => {
  it('can be read with its steps from its acceptance to its end', async () => {
    await rest.aWorkflow(tenantId);
    await trigger({ input: { campaign: 'Spring' } });
    expect((await get('/api/v1/workflow-runs/1')).body).toMatchObject({
      status: 'queued',
      input: { campaign: 'Spring' },
      steps: [
        { index: 0, type: 'log', status: 'pending', output: null },
        { index: 1, type: 'delay', status: 'pending' },
        { index: 2, type: 'fire_webhook_event', status: 'pending' },
      ],
    });

    await performSegment(1);
    expect((await get('/api/v1/workflow-runs/1')).body).toMatchObject({
      status: 'running',
      steps_succeeded: 1,
      started_at: '2026-11-22T12:00:00.000Z',
      steps: [
        { status: 'succeeded', output: { message: 'Kicking off Spring Promo' } },
        { status: 'running', finished_at: null, output: { seconds: 2, resume_at: '2026-11-22T12:00:02.000Z' } },
        { status: 'pending' },
      ],
    });

    rest.clock.advance(2);
    await performSegment(1);
    expect((await get('/api/v1/workflow-runs/1')).body).toMatchObject({
      status: 'succeeded',
      steps_succeeded: 3,
      finished_at: '2026-11-22T12:00:02.000Z',
      steps: [
        { status: 'succeeded' },
        { status: 'succeeded', finished_at: '2026-11-22T12:00:02.000Z' },
        {
          status: 'succeeded',
          output: {
            event: 'campaign.kickoff',
            matched_endpoints: 0,
            warning: expect.stringContaining('campaign.kickoff'),
            deliveries: [],
          },
        },
      ],
    });
  });

  it('has no steps but an error if its recipe was refused', async () => {
    await rest.aWorkflow(tenantId, { recipe: { steps: Array.from({ length: 51 }, () => aLog()) } });
    await trigger();
    await performSegment(1);

    expect((await get('/api/v1/workflow-runs/1')).body).toMatchObject({
      status: 'failed',
      steps_total: 51,
      steps: [],
      error: { code: 'recipe_too_large', message: 'The recipe has 51 steps; trim it to at most 50.', step: null },
    });
  });

  it('keeps the version it was accepted with', async () => {
    await rest.aWorkflow(tenantId);
    await trigger();
    await rest.call('PUT', '/api/v1/workflows/1', {
      token,
      body: { name: 'Renamed', recipe: aRecipe({ steps: [aLog('new')] }) },
    });

    await performSegment(1);

    expect((await get('/api/v1/workflow-runs/1')).body).toMatchObject({
      workflow_version: 1,
      workflow_name: 'Spring Promo',
      steps_total: 3,
      steps: [{ output: { message: 'Kicking off Spring Promo' } }, { type: 'delay' }, {}],
    });
  });

  it('can be waited for up to 20 seconds', async () => {
    await rest.aWorkflow(tenantId);
    await trigger();

    expect((await get('/api/v1/workflow-runs/1?wait_seconds=20')).body).toMatchObject({ status: 'queued' });
    expect(rest.clock.now()).toEqual(new Date('2026-11-22T12:00:20.000Z'));
    for (const wait of ['-1', '21', 'x', '1.5']) {
      expect(await get(`/api/v1/workflow-runs/1?wait_seconds=${wait}`)).toMatchObject({
        status: 422,
        body: { errors: [{ parameter: 'wait_seconds' }] },
      });
    }
  });

  it('ends the wait as soon as it ends', async () => {
    await rest.aWorkflow(tenantId, { recipe: aRecipe({ steps: [aLog()] }) });
    await trigger();
    const waiting = get('/api/v1/workflow-runs/1?wait_seconds=20');
    await performSegment(1);

    expect((await waiting).body).toMatchObject({ status: 'succeeded' });
    expect(rest.clock.now().getTime() - noon.getTime()).toBeLessThan(20_000);
    const before = rest.clock.now();
    await get('/api/v1/workflow-runs/1?wait_seconds=20');
    expect(rest.clock.now()).toEqual(before);
  });

  it('is not found if its number was refunded', async () => {
    await rest.aWorkflow(tenantId);
    await rest.deps.admission.count(tenantId, '2026-11-22', noon);
    await rest.deps.admission.refund(tenantId, 1, '2026-11-22');

    expect(await rowAt(rest.table, runKey(tenantId, 1))).toMatchObject({ void: true });
    for (const [method, path] of [
      ['GET', '/api/v1/workflow-runs/1'],
      ['POST', '/api/v1/workflow-runs/1/cancel'],
      ['POST', '/api/v1/workflow-runs/1/rerun'],
    ] as const) {
      expect(await rest.call(method, path, { token })).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
  });
});

describe('cancelling', () => {
  it('ends a queued run, which then performs nothing, and leaves an audit row', async () => {
    await rest.aWorkflow(tenantId);
    await trigger();
    rest.clock.advance(1);

    const answer = await rest.call('POST', '/api/v1/workflow-runs/1/cancel', { token });

    expect(answer).toMatchObject({
      status: 200,
      body: { id: 1, status: 'cancelled', finished_at: '2026-11-22T12:00:01.000Z', error: null },
    });
    expect(await performSegment(1)).toMatchObject({ next: 'succeeded' });
    expect((await get('/api/v1/workflow-runs/1')).body.steps.map(({ status }: any) => status)).toEqual([
      'skipped',
      'skipped',
      'skipped',
    ]);
    expect((await get('/api/v1/audit-events')).body.data[0]).toMatchObject({
      action: 'run.cancelled',
      target: 'run 1',
      actor: { channel: 'rest_api', name: 'CI token' },
      request_id: answer.headers['x-request-id'],
    });
  });

  it('ends a delay and stops the waiting execution', async () => {
    await rest.aWorkflow(tenantId);
    const { body } = await trigger();
    await performSegment(1);
    rest.clock.advance(1);
    await rest.call('POST', '/api/v1/workflow-runs/1/cancel', { token });

    expect(rest.executions.stopped).toEqual([body.uid]);
    expect((await get('/api/v1/workflow-runs/1')).body).toMatchObject({
      status: 'cancelled',
      steps_succeeded: 1,
      steps: [
        { status: 'succeeded' },
        { status: 'skipped', finished_at: '2026-11-22T12:00:01.000Z' },
        { status: 'skipped', output: null },
      ],
    });
  });

  it.each(['succeeded', 'failed', 'cancelled'] as const)(
    'a run that has %s is answered 409, and its status does not change',
    async (status) => {
      await rest.aWorkflow(tenantId, {
        recipe: aRecipe({ steps: [aLog(status === 'failed' ? '{{input.n}}'.repeat(360) : 'x')] }),
      });
      await trigger({ input: { n: 'x'.repeat(12) } });
      if (status === 'cancelled') await rest.call('POST', '/api/v1/workflow-runs/1/cancel', { token });
      else await performSegment(1);

      expect(await rest.call('POST', '/api/v1/workflow-runs/1/cancel', { token })).toMatchObject({
        status: 409,
        body: {
          code: 'run_not_cancellable',
          title: 'Run cannot be cancelled',
          detail: `Run 1 has already ended as ${status}.`,
        },
      });
      expect((await get('/api/v1/workflow-runs/1')).body).toMatchObject({ status });
    },
  );

  it('succeeds for one of two concurrent requests', async () => {
    await rest.aWorkflow(tenantId);
    await trigger();

    const answers = await Promise.all(
      Array.from({ length: 5 }, () => rest.call('POST', '/api/v1/workflow-runs/1/cancel', { token })),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
  });

  it('accepts no body', async () => {
    await rest.aWorkflow(tenantId);
    await trigger();

    expect(await rest.call('POST', '/api/v1/workflow-runs/1/cancel', { token, body: { reason: 'x' } })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '#/reason' }] },
    });
  });
});

describe('a rerun', () => {
  const rerun = (body?: unknown, headers: Record<string, string> = {}) =>
    rest.call('POST', '/api/v1/workflow-runs/1/rerun', { token, headers, ...(body !== undefined && { body }) });

  beforeEach(async () => {
    await rest.aWorkflow(tenantId);
    await trigger({ input: { campaign: 'Spring', fill: 'x'.repeat(3000) } });
    await rest.call('PUT', '/api/v1/workflows/1', {
      token,
      body: { name: 'Renamed', recipe: aRecipe({ steps: [aLog('new')] }) },
    });
    rest.clock.advance(1);
  });

  it('starts a new run of the same version with the same input, and counts it', async () => {
    const answer = await rerun();

    expect(answer).toMatchObject({
      status: 202,
      headers: { location: '/api/v1/workflow-runs/2', ratelimit: '"daily-runs";r=998;t=43199' },
      body: {
        id: 2,
        rerun_of: 1,
        workflow_version: 1,
        workflow_name: 'Renamed',
        steps_total: 3,
        input: { campaign: 'Spring', fill: 'x'.repeat(3000) },
      },
    });
    expect((await get('/api/v1/audit-events')).body.data[0]).toMatchObject({
      action: 'run.rerun',
      target: 'run 1',
      detail: { new_run: 2 },
      request_id: answer.headers['x-request-id'],
    });
    expect(rest.executions.started).toHaveLength(2);
  });

  it('can use the current version instead', async () => {
    expect((await rerun({ version: 'current' })).body).toMatchObject({ id: 2, workflow_version: 2, steps_total: 1 });
  });

  it.each([[{ version: 'newest' }], [{ version: 2 }], [{ versions: 'same' }], [[]]])(
    'has no other choice: %j is 422',
    async (body) => {
      expect(await rerun(body)).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
    },
  );

  it('with an Idempotency-Key starts one run and leaves one audit row', async () => {
    const first = await rerun({}, { 'idempotency-key': 'again' });
    const second = await rerun({ version: 'same' }, { 'idempotency-key': 'again' });

    expect(second.body).toEqual(first.body);
    expect(second.headers).toMatchObject({ 'idempotent-replayed': 'true' });
    const { data } = (await get('/api/v1/audit-events')).body;
    expect(data.filter(({ action }: any) => action === 'run.rerun')).toHaveLength(1);
  });

  it('succeeds even if its audit row could not be written', async () => {
    const append = jest.spyOn(rest.deps.audit, 'append').mockRejectedValue(new Error('down'));

    const answer = await rerun();
    append.mockRestore();

    expect(answer).toMatchObject({ status: 202, body: { id: 2 } });
    expect(rest.logged).toContainEqual(expect.objectContaining({ event: 'audit_missing', tenant: tenantId }));
  });
});

describe('usage', () => {
  it('shows today, the cap and the days before', async () => {
    await rest.aWorkflow(tenantId);
    await overwrite(rest.table, tenantKey(tenantId), { d20261120: 12 });
    await trigger();

    expect((await get('/api/v1/usage')).body).toEqual({
      plan: 'pro',
      day: '2026-11-22',
      used: 1,
      cap: 1000,
      remaining: 999,
      starts_at: '2026-11-22T00:00:00.000Z',
      resets_at: '2026-11-23T00:00:00.000Z',
      history: [
        { day: '2026-11-22', used: 1 },
        { day: '2026-11-20', used: 12 },
      ],
    });
  });

  it('of an unlimited tenant has null for the cap', async () => {
    ({ token } = await rest.aTenant({ plan: 'custom' }));

    expect((await get('/api/v1/usage')).body).toMatchObject({ cap: null, remaining: null, used: 0, history: [] });
  });
});

it('me returns the tenant of the token, what it may do, and what each plan includes', async () => {
  token = await rest.aToken(tenantId, { name: 'Nightly', scopes: ['workflows:run'] });

  expect((await get('/api/v1/me')).body).toEqual({
    tenant: { id: tenantId, name: 'Acme', plan: 'pro', authoring: true },
    principal: { channel: 'rest_api', name: 'Nightly', permissions: [], scopes: ['workflows:run'] },
    tenants: [{ id: tenantId, name: 'Acme' }],
    plans: expect.arrayContaining([
      { plan: 'growth', daily_run_cap: 100, channels: ['dashboard', 'mcp'] },
      { plan: 'custom', daily_run_cap: null, channels: ['dashboard', 'mcp', 'rest_api'] },
    ]),
  });
});
