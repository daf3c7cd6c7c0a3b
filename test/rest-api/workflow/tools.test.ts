import { toolNamesKey } from '../../../functions/aws/keys';
import { aLog, noon } from '../../support/builders';
import { startRest, type Rest } from '../../support/rest';
import { overwrite, rowAt } from '../../support/table';

/** The names under which workflows are offered as tools. */
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

const recipe = { steps: [aLog()] };
const call = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
  rest.call(method, `/api/v1/${path}`, { token, headers, ...(body && { body }) });
const create = (name: string, over: object = {}) => call('POST', 'workflows', { name, recipe, tool: true, ...over });
const toolName = async (id: number) => (await call('GET', `workflows/${id}`)).body.tool_name;

describe('the name of a tool', () => {
  it.each([
    ['Spring Promo', 'run_spring_promo'],
    ['  Größe: 50 % – Aktion!  ', 'run_gro_e_50_aktion'],
    ['Été à Paris', 'run_ete_a_paris'],
    ['東京', 'run_workflow_1'],
    ['!!!', 'run_workflow_1'],
    ['__proto__', 'run_proto'],
    ['x'.repeat(100), `run_${'x'.repeat(44)}`],
    [`${'x'.repeat(43)} y`, `run_${'x'.repeat(43)}`],
  ])('is made of the name of the workflow: %s', async (name, expected) => {
    expect((await create(name)).body).toMatchObject({ tool: true, tool_name: expected });
    expect(expected).toMatch(/^[a-z0-9_]{1,48}$/);
  });

  it('stays when the workflow is renamed, also if it is saved without saying so', async () => {
    const { body } = await create('Spring Promo');

    const renamed = await call('PUT', `workflows/${body.id}`, { name: 'Autumn Promo', recipe });
    const again = await call('PUT', `workflows/${body.id}`, { name: 'Winter Promo', recipe, tool: true });

    expect([renamed.body.tool_name, again.body.tool_name]).toEqual(['run_spring_promo', 'run_spring_promo']);
  });

  it('is refused with 409 while another workflow has it, and nothing is created', async () => {
    await create('Spring Promo');

    const second = await create('spring  promo!');

    expect(second).toMatchObject({ status: 409, body: { code: 'tool_name_taken', title: 'Tool name taken' } });
    expect(second.body.detail).toBe(
      'run_spring_promo is the tool of workflow 1. Give this workflow another name, or stop offering that one as a tool.',
    );
    expect((await call('GET', 'workflows')).body.data).toHaveLength(1);
  });

  it('is refused to an existing workflow too, which stays as it was', async () => {
    await create('Spring Promo');
    const { body } = await create('Spring Promo', { tool: false });

    for (const [method, change] of [
      ['PATCH', { tool: true, active: false }],
      ['PUT', { name: 'Spring Promo', recipe: { steps: [aLog('new')] }, tool: true }],
    ] as const) {
      expect(await call(method, `workflows/${body.id}`, change)).toMatchObject({ status: 409 });
    }
    expect((await call('GET', `workflows/${body.id}`)).body).toMatchObject({ active: true, version: 1, tool: false });
  });

  it('is free at once for another workflow when the first is no longer offered', async () => {
    const { body: first } = await create('Spring Promo');
    const { body: second } = await create('Spring Promo', { tool: false });

    await call('PATCH', `workflows/${first.id}`, { tool: false });
    const offered = await call('PATCH', `workflows/${second.id}`, { tool: true });

    expect(offered.body).toMatchObject({ tool_name: 'run_spring_promo' });
    expect(await toolName(first.id)).toBeNull();
    await call('PUT', `workflows/${second.id}`, { name: 'Other', recipe, tool: false });
    expect((await call('PATCH', `workflows/${first.id}`, { tool: true })).body.tool_name).toBe('run_spring_promo');
  });

  it('goes to one of two workflows that ask for it at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => create('Spring Promo')));

    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.every((status) => [201, 409, 503].includes(status))).toBe(true);
  });

  it('that was taken by a request that died is free after five minutes', async () => {
    const died = { names: { run_spring_promo: { workflow_id: 77, at: noon.toISOString() } }, revision: 1 };
    await overwrite(rest.table, toolNamesKey(tenantId), died);

    expect(await create('Spring Promo')).toMatchObject({ status: 409 });
    rest.clock.advance(5 * 60 + 1);
    expect(await create('Spring Promo')).toMatchObject({ status: 201 });
  });
});

describe('offering a workflow as a tool', () => {
  it('is possible for 40 workflows, and the 41st is told to stop another', async () => {
    for (let index = 1; index <= 40; index += 1) await create(`Tool ${index}`);

    const refused = await create('One more');

    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: 'limit_reached',
        detail: '40 workflows are offered as tools, which is the most. Stop offering one of them first.',
      },
    });
    await call('PATCH', 'workflows/1', { tool: false });
    expect(await create('One more')).toMatchObject({ status: 201 });
  }, 60_000);

  it('changes the ETag, keeps the version, and has one row in the audit', async () => {
    const { body, headers } = await create('Spring Promo', { tool: false });

    rest.clock.advance(1);
    const offered = await call('PATCH', `workflows/${body.id}`, { tool: true }, { 'if-match': headers['etag']! });
    const repeated = await call('PATCH', `workflows/${body.id}`, { tool: true });
    const stale = await call('PATCH', `workflows/${body.id}`, { tool: false }, { 'if-match': headers['etag']! });

    expect(offered).toMatchObject({ status: 200, body: { version: 1, tool: true } });
    expect(repeated.headers['etag']).toBe(offered.headers['etag']);
    expect(stale).toMatchObject({ status: 412 });
    for (const change of [{ tool: false, active: false }, { active: true }, { tool: true }, { tool: false }]) {
      rest.clock.advance(1);
      await call('PATCH', `workflows/${body.id}`, change);
    }
    const audit = await rest.deps.audit.list(tenantId, 10);
    expect(audit.events.map(({ action, detail }) => [action, detail])).toEqual([
      ['workflow.tool_withdrawn', undefined],
      ['workflow.tool_offered', undefined],
      ['workflow.activated', undefined],
      ['workflow.deactivated', { tool: false }],
      ['workflow.tool_offered', undefined],
      ['workflow.created', undefined],
    ]);
  });

  it('is no new version, but saving with another mark is', async () => {
    const { body } = await create('Spring Promo');

    const same = await call('PUT', `workflows/${body.id}`, { name: 'Spring Promo', recipe });
    const withdrawn = await call('PUT', `workflows/${body.id}`, { name: 'Spring Promo', recipe, tool: false });

    expect([same.body.version, withdrawn.body.version, withdrawn.body.tool]).toEqual([1, 2, false]);
    expect((await rowAt(rest.table, toolNamesKey(tenantId)))?.['names']).toEqual({});
  });

  it.each([
    [{}, '#'],
    [{ tool: 'yes' }, '#/tool'],
    [{ tool_name: 'run_x' }, '#/tool_name'],
  ])('takes true or false only: %j is refused', async (body, pointer) => {
    await create('Spring Promo');

    const answer = await call('PATCH', 'workflows/1', body);

    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_request', errors: [{ pointer }] } });
  });
});
