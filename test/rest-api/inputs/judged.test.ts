import { capOf } from '../../../functions/domain/tenant/tenant';
import { aLog, noon } from '../../support/builders';
import { counted, total } from '../../support/requests';
import { startRest, type Rest } from '../../support/rest';

/** What is sent as a run's input, judged by what the workflow declares before the run is counted. */
let rest: Rest;
let token: string;
let tenantId: string;
let requests: () => Record<string, number>;
beforeAll(async () => {
  rest = await startRest((table) => {
    const { database, take } = counted(table);
    requests = take;
    return database;
  });
});
afterAll(() => rest.stop());
beforeEach(async () => {
  rest.clock.set(noon);
  ({ id: tenantId, token } = await rest.aTenant());
});

const inputs = {
  campaign: { type: 'string', required: true, min: 2, max: 20 },
  size: { type: 'string', enum: ['S', 'M', 'L'], default: 'M' },
  n: { type: 'integer', min: 1, max: 9 },
  rate: { type: 'number', max: 1.5 },
  loud: { type: 'boolean', default: false },
  who: { type: 'object' },
  tags: { type: 'array', max: 2 },
};
const recipe = { inputs, steps: [aLog('Go {{input.campaign}} {{input.size}}')] };
const call = (method: string, path: string, body?: object) =>
  rest.call(method, `/api/v1/${path}`, { token, ...(body && { body }) });
const trigger = (input: unknown, query = '') => call('POST', `workflows/1/runs${query}`, { input });
const used = async () => (await call('GET', 'usage')).body.used;

describe('the input of a run', () => {
  beforeEach(() => rest.aWorkflow(tenantId, { recipe }));

  it('is stored with the defaults, and what is not declared stays', async () => {
    const { status, body } = await trigger({ campaign: 'Spring', extra: { a: [1] } });

    expect(status).toBe(202);
    expect(body.input).toEqual({ campaign: 'Spring', extra: { a: [1] }, size: 'M', loud: false });
    expect((await call('GET', `workflow-runs/${body.id}`)).body.input).toEqual(body.input);
  });

  it.each([
    ['nothing', undefined, '#/input/campaign', 'required', 'Required: a string.'],
    ['a required one that is null', { campaign: null }, '#/input/campaign', 'invalid_type', 'Must be a string.'],
    ['a number for a string', { campaign: 5 }, '#/input/campaign', 'invalid_type', 'Must be a string.'],
    ['too short a string', { campaign: 'x' }, '#/input/campaign', 'too_small', 'Must have at least 2 characters.'],
    [
      'too long a string',
      { campaign: 'x'.repeat(21) },
      '#/input/campaign',
      'too_big',
      'Must have at most 20 characters.',
    ],
    [
      'what is no choice',
      { campaign: 'Spring', size: 'XL' },
      '#/input/size',
      'invalid_value',
      'Must be one of: S, M, L.',
    ],
    [
      'a choice in other letters',
      { campaign: 'Spring', size: 'm' },
      '#/input/size',
      'invalid_value',
      'Must be one of: S, M, L.',
    ],
    [
      'a fraction for a whole number',
      { campaign: 'Spring', n: 1.5 },
      '#/input/n',
      'invalid_type',
      'Must be a whole number.',
    ],
    ['digits as text', { campaign: 'Spring', n: '5' }, '#/input/n', 'invalid_type', 'Must be a whole number.'],
    ['too great a number', { campaign: 'Spring', rate: 1.6 }, '#/input/rate', 'too_big', 'Must be at most 1.5.'],
    ['a word for true', { campaign: 'Spring', loud: 'yes' }, '#/input/loud', 'invalid_type', 'Must be true or false.'],
    ['a list for an object', { campaign: 'Spring', who: [] }, '#/input/who', 'invalid_type', 'Must be an object.'],
    ['an object for a list', { campaign: 'Spring', tags: {} }, '#/input/tags', 'invalid_type', 'Must be a list.'],
    [
      'too long a list',
      { campaign: 'Spring', tags: [1, 2, 3] },
      '#/input/tags',
      'too_big',
      'Must have at most 2 items.',
    ],
  ])('is refused with a pointer before it is counted if it holds %s', async (_, input, pointer, code, detail) => {
    for (const query of ['', '?dry_run=true']) {
      const answer = await trigger(input, query);

      expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
      expect(answer.body.errors).toEqual([{ pointer, code, detail }]);
    }
    expect(await used()).toBe(0);
    expect((await call('GET', 'workflow-runs')).body.data).toEqual([]);
  });

  it('that has the old name of an input is told the new one', async () => {
    const { body } = await trigger({ campaing: 'Spring' });

    expect(body.errors).toEqual([
      {
        pointer: '#/input/campaign',
        code: 'required',
        detail: 'Required: a string. "campaing" was sent, which this workflow does not declare: send it as "campaign".',
      },
    ]);
  });

  it('has only own members: one that only the prototype has is missing', async () => {
    const answer = await rest.call('POST', '/api/v1/workflows/1/runs', {
      token,
      body: JSON.parse('{"input": {"__proto__": {"campaign": "Spring"}}}'),
    });

    expect(answer.body.errors).toMatchObject([{ pointer: '#/input/campaign', code: 'required' }]);
  });

  it('is told all faults at once', async () => {
    const { body } = await trigger({ size: 'XL', n: 0 });

    expect(body.errors.map((fault: { pointer: string }) => fault.pointer)).toEqual([
      '#/input/campaign',
      '#/input/size',
      '#/input/n',
    ]);
  });

  it('is judged in its place: after the workflow is known and active, before the cap', async () => {
    expect(await call('POST', 'workflows/99/runs', { input: {} })).toMatchObject({ status: 404 });
    await call('PATCH', 'workflows/1', { active: false });
    expect(await trigger({})).toMatchObject({ status: 409, body: { code: 'workflow_inactive' } });
    await call('PATCH', 'workflows/1', { active: true });
    ({ id: tenantId, token } = await rest.aTenant({ plan: 'custom', ...capOf('custom', 0) }));
    await rest.aWorkflow(tenantId, { recipe });
    expect(await trigger({})).toMatchObject({ status: 422 });
    expect(await trigger({ campaign: 'Spring' })).toMatchObject({ status: 429 });
  });

  it('that is refused leaves its key free for the right one', async () => {
    const headers = { 'idempotency-key': 'a key' };
    const send = (input: object) => rest.call('POST', '/api/v1/workflows/1/runs', { token, headers, body: { input } });

    expect(await send({})).toMatchObject({ status: 422 });
    expect(await send({ campaign: 'Spring' })).toMatchObject({ status: 202 });
    expect(await send({ campaign: 'Spring' })).toMatchObject({
      status: 202,
      headers: { 'idempotent-replayed': 'true' },
    });
  });

  it('costs no further request to the table', async () => {
    await rest.holdLease(token, rest.call);
    requests();

    await trigger({ campaign: 'Spring' });
    expect(total(requests())).toBe(3);
    await trigger({});
    expect(total(requests())).toBe(1);
  });

  it('may not grow over its limit by the defaults', async () => {
    const wide = { a: { type: 'string', default: 'x'.repeat(7000) } };
    const { id } = await rest.aWorkflow(tenantId, { recipe: { inputs: wide, steps: [aLog()] } });
    const send = (length: number) => call('POST', `workflows/${id}/runs`, { input: { b: 'x'.repeat(length) } });

    expect(await send(20_000)).toMatchObject({ status: 202 });
    expect(await send(30_000)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '#/input', code: 'too_big' }] },
    });
  });
});

describe('a repetition of a run', () => {
  it('keeps its input with its own version, and is judged by the current one', async () => {
    const { id } = await rest.aWorkflow(tenantId, { recipe: { steps: [aLog()] } });
    const { body: earlier } = await trigger({ campaing: 'Spring' });
    await call('PUT', `workflows/${id}`, { name: 'Promo', recipe });
    const rerun = (version: string) => call('POST', `workflow-runs/${earlier.id}/rerun`, { version });

    expect(await rerun('same')).toMatchObject({ status: 202, body: { input: { campaing: 'Spring' } } });
    const refused = await rerun('current');
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/version', code: 'required' }] } });
    expect(refused.body.errors[0].detail).toMatch(
      /^The input of run 1 does not fit the current version, at #\/input\/campaign: Required: a string\. "campaing" was sent/,
    );
    expect(await used()).toBe(2);
  });

  it('with the current version takes its defaults', async () => {
    const { id } = await rest.aWorkflow(tenantId, { recipe: { steps: [aLog()] } });
    const { body: earlier } = await trigger({ campaign: 'Spring' });
    await call('PUT', `workflows/${id}`, { name: 'Promo', recipe });

    const { body } = await call('POST', `workflow-runs/${earlier.id}/rerun`, { version: 'current' });

    expect(body.input).toEqual({ campaign: 'Spring', size: 'M', loud: false });
  });
});

describe('a workflow', () => {
  it('of an earlier release, whose row names no inputs, takes any input', async () => {
    const { id } = await rest.aWorkflow(tenantId, { recipe: { steps: [aLog()] } });

    expect(await call('POST', `workflows/${id}/runs`, { input: { anything: [1] } })).toMatchObject({ status: 202 });
    expect((await call('GET', `workflows/${id}`)).body.inputs).toEqual({});
  });

  it('is judged by its current version at once after it was replaced', async () => {
    await rest.aWorkflow(tenantId, { recipe });
    await call('PUT', 'workflows/1', { name: 'Promo', recipe: { steps: [aLog()] } });

    expect(await trigger({})).toMatchObject({ status: 202, body: { input: {} } });
  });
});
