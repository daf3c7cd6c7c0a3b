import type { Context } from 'aws-lambda';
import { httpChain } from '../../../functions/edge/http-chain';
import { restRoutes } from '../../../functions/rest-api/routes';
import { aDelay, aLog, aRecipe, aWebhookStep, noon } from '../../support/builders';
import { anEvent } from '../../support/http-calls';
import { holding, isNewVersion } from '../../support/requests';
import { restDeps, startRest, type Rest } from '../../support/rest';

jest.setTimeout(60_000);

let rest: Rest;
let token: string;
let tenantId: string;

beforeAll(async () => {
  rest = await startRest();
});

afterAll(() => rest.stop());

beforeEach(async () => {
  rest.clock.set(noon);
  ({ id: tenantId, token } = await rest.aTenant());
});

const path = '/api/v1/workflows';
const call = (method: string, target: string, body?: unknown) =>
  rest.call(method, target, { token, ...(body !== undefined && { body }) });
const audited = async () =>
  (await call('GET', '/api/v1/audit-events')).body.data.map(({ action, target }: any) => `${action} ${target}`);

describe('a new workflow', () => {
  it('is returned with its recipe and the summary of it', async () => {
    const recipe = aRecipe({ continue_on_error: true, steps: [aLog(), aDelay(30), aDelay(2), aWebhookStep()] });

    const answer = await call('POST', path, { name: 'Spring Promo', description: 'Once a year', recipe });

    expect(answer).toMatchObject({ status: 201, headers: { location: '/api/v1/workflows/1' } });
    expect(answer.body).toEqual({
      id: 1,
      name: 'Spring Promo',
      description: 'Once a year',
      active: true,
      version: 1,
      steps_total: 4,
      total_delay_seconds: 32,
      inputs: {},
      tool: false,
      tool_name: null,
      last_run: null,
      created_at: '2026-11-22T12:00:00.000Z',
      updated_at: '2026-11-22T12:00:00.000Z',
      recipe,
      warnings: [],
    });
    expect((await call('GET', `${path}/1`)).body).toEqual(answer.body);
    expect(await audited()).toEqual(['workflow.created workflow 1']);
  });

  it('may be inactive and have no description', async () => {
    expect((await call('POST', path, { name: 'X', active: false, recipe: aRecipe() })).body).toMatchObject({
      active: false,
      description: null,
    });
    expect((await call('POST', path, { name: 'X', description: null, recipe: aRecipe() })).body).toMatchObject({
      description: null,
    });
  });

  it('gets the next number of its tenant, and no number is used twice', async () => {
    const made = await Promise.all(
      Array.from({ length: 10 }, () => call('POST', path, { name: 'X', recipe: aRecipe() })),
    );

    expect(made.map(({ body }) => body.id).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it.each([
    [{ name: '', recipe: aRecipe() }, '#/name', 'Must have at least 1 character that can be seen.'],
    [{ name: 'x'.repeat(121), recipe: aRecipe() }, '#/name', 'Must have at most 120 characters.'],
    [
      { name: 'X', description: 'x'.repeat(1001), recipe: aRecipe() },
      '#/description',
      'Must have at most 1000 characters.',
    ],
    [{ name: 'X', active: 'yes', recipe: aRecipe() }, '#/active', 'Must be a boolean.'],
    [{ name: 'X', recipe: aRecipe(), version: 2 }, '#/version', 'Unknown key; remove it.'],
    [[], '#', 'Must be an object.'],
  ])('with the body %j is refused with 422', async (body, pointer, detail) => {
    expect(await call('POST', path, body)).toMatchObject({
      status: 422,
      body: { code: 'invalid_request', errors: [{ pointer, detail }] },
    });
    expect(await audited()).toEqual([]);
  });
});

describe('a workflow', () => {
  it('is replaced by its next version, which later runs use', async () => {
    await call('POST', path, { name: 'Old', description: 'Old', active: false, recipe: aRecipe() });
    rest.clock.advance(60);

    const answer = await call('PUT', `${path}/1`, { name: 'New', recipe: aRecipe({ steps: [aLog()] }) });

    expect(answer).toMatchObject({
      status: 200,
      body: {
        id: 1,
        name: 'New',
        description: null,
        // Fields that are not in the request do not change.
        active: false,
        version: 2,
        steps_total: 1,
        total_delay_seconds: 0,
        created_at: '2026-11-22T12:00:00.000Z',
        updated_at: '2026-11-22T12:01:00.000Z',
        recipe: { steps: [aLog()] },
      },
    });
    expect(await audited()).toEqual(['workflow.updated workflow 1', 'workflow.created workflow 1']);
    expect(await call('PUT', `${path}/2`, { name: 'X', recipe: aRecipe() })).toMatchObject({ status: 404 });
  });

  it('keeps both versions of two concurrent writers', async () => {
    await rest.aWorkflow(tenantId);
    const writes = await Promise.all(
      ['one', 'two'].map((message) =>
        call('PUT', `${path}/1`, { name: message, recipe: aRecipe({ steps: [aLog(message)] }) }),
      ),
    );

    expect(writes.map(({ status }) => status)).toEqual([200, 200]);
    const [first, second] = writes.map(({ body }) => body).sort((a, b) => a.version - b.version);
    expect(second.version).toBeGreaterThan(first.version);
    expect((await call('GET', `${path}/1`)).body).toMatchObject({ version: second.version, name: second.name });
  });

  describe('while another writer changes it', () => {
    /** A PUT that is held before it makes its version the current one. */
    async function aSlowPut() {
      await rest.aWorkflow(tenantId);
      const { database, reached, release } = holding(rest.table, isNewVersion);
      const { deps } = restDeps(database, rest.clock);
      const slow = httpChain(deps, restRoutes(deps));
      const body = { name: 'Slow', recipe: aRecipe({ steps: [aLog('slow')] }) };
      const answer = slow(anEvent('PUT', `${path}/1`, { token, body }), {} as Context);
      await reached;
      return {
        finish: () => {
          release();
          return answer;
        },
      };
    }

    it('stays inactive if it is deactivated meanwhile', async () => {
      const { finish } = await aSlowPut();
      await call('PATCH', `${path}/1`, { active: false });
      await finish();

      expect((await call('GET', `${path}/1`)).body).toMatchObject({ name: 'Slow', active: false });
    });

    it('never goes back to an earlier version', async () => {
      const { finish } = await aSlowPut();
      const { body: faster } = await call('PUT', `${path}/1`, { name: 'Fast', recipe: aRecipe() });
      await finish();

      const { body } = await call('GET', `${path}/1`);
      expect(body).toMatchObject({ name: 'Slow', recipe: { steps: [aLog('slow')] } });
      expect(body.version).toBeGreaterThan(faster.version);
    });
  });

  it('that other writers keep changing is answered 503 and not changed', async () => {
    await rest.aWorkflow(tenantId);
    const update = jest.spyOn(rest.deps.workflows, 'update').mockResolvedValue(undefined);

    const answer = await call('PUT', `${path}/1`, { name: 'X', recipe: aRecipe() });
    update.mockRestore();

    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' }, headers: { 'retry-after': '1' } });
    expect((await call('GET', `${path}/1`)).body).toMatchObject({ version: 1 });
  });

  it('can be deactivated and activated, with audit rows', async () => {
    await rest.aWorkflow(tenantId);
    rest.clock.advance(1);
    expect((await call('PATCH', `${path}/1`, { active: false })).body).toMatchObject({
      active: false,
      updated_at: '2026-11-22T12:00:01.000Z',
    });
    rest.clock.advance(1);
    expect((await call('PATCH', `${path}/1`, { active: true })).body).toMatchObject({ active: true, version: 1 });

    expect(await audited()).toEqual(['workflow.activated workflow 1', 'workflow.deactivated workflow 1']);
    expect(await call('PATCH', `${path}/2`, { active: true })).toMatchObject({ status: 404 });
    expect(await call('PATCH', `${path}/1`, {})).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '#', detail: 'Send active, tool, or both.' }] },
    });
  });

  it('can be read even if its recipe breaks a newer rule', async () => {
    const recipe = { steps: Array.from({ length: 51 }, () => aLog()) };
    await rest.aWorkflow(tenantId, { recipe });

    expect(await call('GET', `${path}/1`)).toMatchObject({ status: 200, body: { steps_total: 51, recipe } });
  });

  it('cannot be read before its recipe is stored', async () => {
    const { database, reached, release } = holding(rest.table, ({ input }) => /^VERSION/.test(input.Item?.sk));
    const slow = restDeps(database, rest.clock).deps.workflows;
    const write = { name: 'Slow', description: null, active: true, recipe: aRecipe() };
    const creating = slow.create(tenantId, write, noon.toISOString());
    await reached;

    expect(await call('GET', `${path}/1`)).toMatchObject({ status: 404 });
    expect((await call('GET', path)).body.data).toEqual([]);

    release();
    await creating;
    expect(await call('GET', `${path}/1`)).toMatchObject({ status: 200, body: { recipe: aRecipe() } });
  });
});

describe('the list of workflows', () => {
  it('shows active and inactive ones, the newest first, without their recipes', async () => {
    await rest.aWorkflow(tenantId, { name: 'A' });
    await rest.aWorkflow(tenantId, { name: 'B', active: false });

    const { body } = await call('GET', path);

    expect(body.data.map(({ id, name, active }: any) => [id, name, active])).toEqual([
      [2, 'B', false],
      [1, 'A', true],
    ]);
    expect(body.data[0]).not.toHaveProperty('recipe');
  });

  it.each([1, 2, 5, 100])('in pages of %d has each workflow once', async (limit) => {
    for (let n = 0; n < 5; n += 1) await rest.aWorkflow(tenantId);
    const found: number[] = [];

    let cursor = '';
    let answers = 0;
    do {
      const { body } = await call('GET', `${path}?limit=${limit}${cursor}`);
      found.push(...body.data.map(({ id }: any) => id));
      expect(body.has_more).toBe(body.next_cursor !== null);
      cursor = body.has_more ? `&cursor=${body.next_cursor}` : '';
      answers += 1;
    } while (cursor !== '');

    expect(found).toEqual([5, 4, 3, 2, 1]);
    expect(answers).toBe(Math.ceil(5 / limit));
  });

  it.each(['limit=0', 'limit=101', 'cursor=x', 'active=true'])('with %s is refused with 422', async (query) => {
    expect(await call('GET', `${path}?${query}`)).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
  });
});

describe('validating a recipe', () => {
  it('returns its summary and stores nothing', async () => {
    expect(await call('POST', '/api/v1/recipes/validate', aRecipe())).toMatchObject({
      status: 200,
      body: { valid: true, steps_total: 3, total_delay_seconds: 2, events: ['campaign.kickoff'], warnings: [] },
    });
    expect((await call('GET', path)).body.data).toEqual([]);
  });

  it('warns of placeholders that are never filled in, and so do writing the recipe and a dry run', async () => {
    const recipe = aRecipe({
      steps: [
        aLog('For {{campaign}}'),
        aLog("Literally {{'{{'}}campaign}}"),
        aWebhookStep({ payload: { a: ['{{b'] } }),
      ],
    });
    const detail = expect.stringMatching(/^\{\{/);
    const warnings = (at: string) => [
      { pointer: `${at}/steps/0/message`, code: 'unknown_placeholder', detail },
      { pointer: `${at}/steps/2/payload/a/0`, code: 'unknown_placeholder', detail },
    ];

    const [validated, created, replaced, same] = [
      await call('POST', '/api/v1/recipes/validate', recipe),
      await call('POST', path, { name: 'Spring', recipe }),
      await call('PUT', `${path}/1`, { name: 'Spring 2', recipe }),
      await call('PUT', `${path}/1`, { name: 'Spring 2', recipe }),
    ];
    const dryRun = await call('POST', `${path}/1/runs?dry_run=true`, {});

    expect([validated.status, created.status, replaced.status, dryRun.status]).toEqual([200, 201, 200, 200]);
    expect(validated.body.warnings).toEqual(warnings('#'));
    const read = await call('GET', `${path}/1`);
    for (const { body } of [created, replaced, same, read]) expect(body.warnings).toEqual(warnings('#/recipe'));
    expect(dryRun.body.warnings).toEqual(warnings('#'));
  });

  it('needs no authoring', async () => {
    ({ token } = await rest.aTenant({ authoring: false }));

    expect(await call('POST', '/api/v1/recipes/validate', aRecipe())).toMatchObject({ status: 200 });
  });
});
