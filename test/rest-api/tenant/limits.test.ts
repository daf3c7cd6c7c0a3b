import { openStores } from '../../../functions/aws/open-stores';
import { dailyCountsKey, placesKey, tenantKey } from '../../../functions/aws/keys';
import { addSeconds } from '../../../functions/domain/day';
import type { LimitName } from '../../../functions/domain/tenant/limits';
import { aRecipe, noon } from '../../support/builders';
import { interceptDatabase } from '../../support/requests';
import { startRest, type Rest } from '../../support/rest';
import { overwrite, rowAt, tenantRow } from '../../support/table';

// Some tests send many concurrent requests to an engine that serialises writes.
jest.setTimeout(30_000);

let rest: Rest;
let token: string;
let member: string;
let tenantId: string;

/** Makes the next matching request fail, once. */
let breakNext: ((command: { constructor: { name: string }; input: any }) => boolean) | undefined;

beforeAll(async () => {
  rest = await startRest((table) =>
    interceptDatabase(table, (command, send) => {
      if (!breakNext?.(command)) return send();
      breakNext = undefined;
      return Promise.reject(new Error('killed'));
    }),
  );
});
afterAll(() => rest.stop());
beforeEach(async () => {
  rest.clock.set(noon);
  breakNext = undefined;
  ({ token, id: tenantId } = await rest.aTenant());
  member = rest.aMember(tenantId);
});

const setLimit = (name: LimitName, value: number | undefined) =>
  openStores(rest.table).limits.set(tenantId, name, value);

const workflow = (changes: object = {}) => ({ name: 'Promo', recipe: aRecipe(), ...changes });
const createWorkflow = () => rest.call('POST', '/api/v1/workflows', { token, body: workflow() });
const putWorkflow = (changes: object) => rest.call('PUT', '/api/v1/workflows/1', { token, body: workflow(changes) });
const patchWorkflow = (active: boolean) => rest.call('PATCH', '/api/v1/workflows/1', { token, body: { active } });
const createToken = (changes: object = {}) =>
  rest.call('POST', '/api/v1/tokens', { token: member, body: { name: 'CI', kind: 'pat', ...changes } });
const revokeToken = (id: string) => rest.call('DELETE', `/api/v1/tokens/${id}`, { token: member });
const times = <Answer>(count: number, act: () => Promise<Answer>) =>
  Promise.all(Array.from({ length: count }, () => act()));
const statuses = (answers: { status: number }[]) => answers.map(({ status }) => status).sort();
const actions = async () => (await rest.deps.audit.list(tenantId, 100)).events.map(({ action }) => action).sort();

describe('the limit of active tokens', () => {
  test('is exact for concurrent requests at the last place, and names what to do', async () => {
    await setLimit('active_tokens', 5);

    // The tenant has one token already, which no place was taken for: an earlier release made it.
    const answers = await times(12, createToken);

    expect(statuses(answers)).toEqual([...Array(4).fill(201), ...Array(8).fill(409)]);
    expect(answers.find(({ status }) => status === 409)!.body).toMatchObject({
      code: 'limit_reached',
      detail:
        'This tenant has reached its limit `active_tokens` of 5 active tokens. Revoke one first. Support can raise the limit.',
    });
    expect((await rest.deps.tokens.list(tenantId)).length).toBe(5);
  });

  test('counts a revoked token no longer, also one of an earlier release', async () => {
    await setLimit('active_tokens', 2);
    const created = await createToken();
    expect((await createToken()).status).toBe(409);

    await revokeToken(created.body.id);
    expect((await createToken()).status).toBe(201);
    expect((await createToken()).status).toBe(409);

    const oldest = (await rest.deps.tokens.list(tenantId)).find(({ created_at }) => created_at < noon.toISOString());
    await revokeToken(oldest!.id);
    expect((await createToken()).status).toBe(201);
    expect((await createToken()).status).toBe(409);
  });

  test('counts an expired token no longer', async () => {
    await setLimit('active_tokens', 2);
    await createToken({ expires_in_days: 1 });
    expect((await createToken()).status).toBe(409);

    rest.clock.set(addSeconds(noon, 86_401));

    expect((await createToken()).status).toBe(201);
    expect((await createToken()).status).toBe(409);
  });

  test.each(['id', 'token'])('is not used up for ever by a request that died before it wrote the %s', async (row) => {
    await setLimit('active_tokens', 2);
    await rest.deps.places.take(tenantId, 'active_tokens', 'tok_warm_up', noon);
    await rest.deps.places.free(tenantId, 'active_tokens', 'tok_warm_up');
    const prefix = row === 'id' ? 'T#' : 'TOKEN#';
    breakNext = ({ constructor, input }) => constructor.name === 'PutCommand' && input.Item.pk.startsWith(prefix);
    expect((await createToken()).status).toBe(500);
    expect((await createToken()).status).toBe(409);

    rest.clock.set(addSeconds(noon, 61));

    expect(statuses(await times(3, createToken))).toEqual([201, 409, 409]);
  });

  test('frees its place later if the request that revoked a token died', async () => {
    await setLimit('active_tokens', 2);
    const { id } = (await createToken()).body;
    breakNext = ({ input }) => /^REMOVE held/.test(input.UpdateExpression ?? '');
    expect((await revokeToken(id)).status).toBe(204);

    rest.clock.set(addSeconds(noon, 61));

    expect((await createToken()).status).toBe(201);
    expect((await createToken()).status).toBe(409);
  });

  test('is another one from the next request on when the operator changes it', async () => {
    await setLimit('active_tokens', 1);
    expect((await createToken()).status).toBe(409);

    await setLimit('active_tokens', 2);
    expect((await createToken()).status).toBe(201);
    expect((await createToken()).body.detail).toContain('of 2 active tokens');

    await setLimit('active_tokens', undefined);
    expect((await createToken()).status).toBe(201);
  });

  test('looks for unused places once a minute, so that refusals stay cheap', async () => {
    await setLimit('active_tokens', 1);
    await createToken();
    const checkedAt = async () => (await rowAt(rest.table, placesKey(tenantId, 'active_tokens')))?.['checked_at'];
    const first = await checkedAt();
    rest.clock.set(addSeconds(noon, 59));
    await createToken();
    expect(await checkedAt()).toBe(first);
    rest.clock.set(addSeconds(noon, 60));
    await createToken();

    expect(await checkedAt()).toBe(addSeconds(noon, 60).toISOString());
  });
});

describe('the limit of workflows', () => {
  test('is exact for concurrent requests at the last place, also for a tenant that has workflows already', async () => {
    await rest.aWorkflow(tenantId);
    await setLimit('workflows', 4);

    const answers = await times(8, createWorkflow);

    expect(statuses(answers)).toEqual([201, 201, 201, 409, 409, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 409)!.body).toMatchObject({
      code: 'limit_reached',
      detail: expect.stringContaining('limit `workflows` of 4 workflows'),
    });
    expect(await rest.deps.workflows.all(tenantId)).toHaveLength(4);

    await setLimit('workflows', 5);
    expect(statuses(await times(3, createWorkflow))).toEqual([201, 409, 409]);
  });

  test('is not used up for ever by requests that died before they stored a workflow', async () => {
    await setLimit('workflows', 2);
    for (let dead = 0; dead < 2; dead += 1) {
      breakNext = ({ constructor, input }) =>
        constructor.name === 'PutCommand' && input.Item.sk.startsWith('WORKFLOW#');
      expect((await createWorkflow()).status).toBe(500);
    }
    expect((await createWorkflow()).status).toBe(409);

    rest.clock.set(addSeconds(noon, 61));

    expect((await createWorkflow()).status).toBe(201);
    expect(statuses(await times(4, createWorkflow))).toEqual([201, 409, 409, 409]);
    rest.clock.set(addSeconds(noon, 200));
    expect((await createWorkflow()).status).toBe(409);
  });

  test('does not count ids as lost while their request may still be at work', async () => {
    await setLimit('workflows', 1);
    await overwrite(rest.table, tenantKey(tenantId), { last_workflow_id: 1, workflow_id_taken_at: noon.toISOString() });
    rest.clock.set(addSeconds(noon, 59));

    expect((await createWorkflow()).status).toBe(409);
    expect(await tenantRow(rest.table, tenantId)).not.toHaveProperty('lost_workflow_ids');
  });
});

describe('the limit of recipe versions a day', () => {
  test('is exact for concurrent requests, counts new workflows too, and begins again at 00:00 UTC', async () => {
    await createWorkflow();
    await setLimit('recipe_versions_per_day', 3);
    let name = 0;

    const answers = await times(4, () => putWorkflow({ name: `Promo ${(name += 1)}` }));

    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(2);
    expect((await createWorkflow()).body).toMatchObject({
      code: 'limit_reached',
      detail: expect.stringMatching(/of 3 recipe versions\. They count from 0 again at 2026-11-23T00:00:00\.000Z\./),
    });
    expect((await createWorkflow()).headers['retry-after']).toBe('43200');
    expect((await rowAt(rest.table, dailyCountsKey(tenantId, '2026-11-22')))?.['recipe_versions_per_day']).toBe(3);

    rest.clock.set(addSeconds(noon, 43_200));
    expect((await createWorkflow()).status).toBe(201);
  });

  test('is another one from the next request on when the operator changes it', async () => {
    await setLimit('recipe_versions_per_day', 1);
    await createWorkflow();
    expect((await createWorkflow()).status).toBe(409);

    await setLimit('recipe_versions_per_day', 2);
    expect((await createWorkflow()).status).toBe(201);
  });
});

describe('a write that changes nothing', () => {
  test('of a workflow answers it as it is, makes no version and no audit row, and counts for nothing', async () => {
    const created = (await rest.call('POST', '/api/v1/workflows', { token, body: workflow() })).body;
    await setLimit('recipe_versions_per_day', 1);
    rest.clock.set(addSeconds(noon, 5));

    const { recipe } = workflow();
    const reordered = Object.fromEntries(Object.entries(recipe).toReversed());
    for (const changes of [{}, { description: null }, { active: true }, { recipe: reordered }]) {
      const answer = await putWorkflow(changes);
      expect(answer).toMatchObject({ status: 200, body: created });
    }

    expect((await rest.call('GET', '/api/v1/workflows/1/versions', { token })).body.data).toHaveLength(1);
    expect(await actions()).toEqual(['workflow.created']);
    expect((await putWorkflow({ active: false })).body.code).toBe('limit_reached');
  });

  test('of the active mark leaves no audit row', async () => {
    await createWorkflow();

    expect(await patchWorkflow(true)).toMatchObject({ status: 200, body: { active: true } });
    await patchWorkflow(false);
    expect(await patchWorkflow(false)).toMatchObject({ status: 200, body: { active: false } });

    expect(await actions()).toEqual(['workflow.created', 'workflow.deactivated']);
  });
});

describe('the limit of changes a day', () => {
  const url = 'https://hooks.example.com/in';
  const endpoints = '/api/v1/webhook-endpoints';
  const createEndpoint = (headers: Record<string, string> = {}) =>
    rest.call('POST', endpoints, { token, headers, body: { url, events: ['*'] } });

  test('bounds tokens, endpoints and activations together, and never refuses to revoke, delete or switch off', async () => {
    await createWorkflow();
    const made = await createToken();
    const { id } = (await createEndpoint()).body;
    const patch = (body: object) => rest.call('PATCH', `${endpoints}/${id}`, { token, body });
    await patch({ description: 'In' });
    await setLimit('changes_per_day', 3);

    expect((await createToken()).body.code).toBe('limit_reached');
    expect((await createEndpoint()).body.code).toBe('limit_reached');
    expect((await patch({ description: 'Out' })).body.code).toBe('limit_reached');
    expect((await patch({ status: 'disabled' })).status).toBe(200);
    expect((await patch({ status: 'active' })).body.code).toBe('limit_reached');
    expect((await patchWorkflow(false)).status).toBe(200);
    expect((await patchWorkflow(true)).body.code).toBe('limit_reached');
    expect((await revokeToken(made.body.id)).status).toBe(204);
    expect((await rest.call('DELETE', `${endpoints}/${id}`, { token })).status).toBe(204);

    await setLimit('changes_per_day', 4);
    expect((await patchWorkflow(true)).status).toBe(200);
  });

  test('does not count the replay of a request', async () => {
    await setLimit('changes_per_day', 1);
    const key = { 'idempotency-key': 'once' };
    await createEndpoint(key);

    expect((await createEndpoint(key)).status).toBe(201);
  });

  test('gives back the key of a refused request, so that it works later', async () => {
    await setLimit('changes_per_day', 1);
    const key = { 'idempotency-key': 'later' };
    await createEndpoint();
    expect((await createEndpoint(key)).body.code).toBe('limit_reached');

    rest.clock.set(addSeconds(noon, 43_200));
    expect((await createEndpoint(key)).status).toBe(201);
  });
});
