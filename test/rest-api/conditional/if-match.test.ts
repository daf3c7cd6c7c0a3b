import type { Context } from 'aws-lambda';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { endpointKey, workflowKey } from '../../../functions/aws/keys';
import { httpChain } from '../../../functions/edge/http-chain';
import { restRoutes } from '../../../functions/rest-api/routes';
import { aLog, aRecipe, noon } from '../../support/builders';
import { anEvent, readReply, type Answer } from '../../support/http-calls';
import { holding, repeating } from '../../support/requests';
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

const workflow = '/api/v1/workflows/1';
const aWrite = (text: string) => ({ name: text, recipe: aRecipe({ steps: [aLog(text)] }) });

const send = (method: string, target: string, ifMatch?: string, body?: unknown) =>
  rest.call(method, target, { token, body, headers: ifMatch === undefined ? {} : { 'if-match': ifMatch } });
const tagOf = async (target: string) => (await rest.call('GET', target, { token })).headers['etag']!;
const audited = async () =>
  (await rest.call('GET', '/api/v1/audit-events', { token })).body.data.map(({ action }: any) => action);

const conflict = {
  status: 412,
  body: {
    code: 'version_conflict',
    title: 'Version conflict',
    detail: expect.stringContaining('Read it again, merge'),
  },
};

async function anEndpoint(): Promise<string> {
  const body = { url: 'https://hooks.example.com/in', events: ['*'], description: 'first' };
  const { body: made } = await rest.call('POST', '/api/v1/webhook-endpoints', { token, body });
  return `/api/v1/webhook-endpoints/${made.id}`;
}

/** A call that is held just before its first write of a row whose sort key begins so. */
async function held(start: string, method: string, target: string, ifMatch: string, body?: unknown) {
  const { database, reached, release } = holding(rest.table, isEditOf(start));
  const { deps } = restDeps(database, rest.clock);
  const chain = httpChain(deps, restRoutes(deps));
  const call = { token, body, headers: { 'if-match': ifMatch } };
  const answer = chain(anEvent(method, target, call), {} as Context);
  await reached;
  return async (): Promise<Answer> => {
    release();
    return readReply(await answer);
  };
}

/** A call whose first write of a row with such a sort key is sent twice, as the SDK does after a lost response. */
async function sendRepeating(start: string, method: string, target: string, ifMatch: string, body?: unknown) {
  const { deps } = restDeps(repeating(rest.table, isEditOf(start)), rest.clock);
  const chain = httpChain(deps, restRoutes(deps));
  return readReply(
    await chain(anEvent(method, target, { token, body, headers: { 'if-match': ifMatch } }), {} as Context),
  );
}

function isEditOf(start: string) {
  return ({ constructor: { name }, input }: { constructor: { name: string }; input: any }) =>
    /^(Put|Update)Command$/.test(name) && String((input.Key ?? input.Item)?.sk).startsWith(start);
}

describe('a workflow', () => {
  beforeEach(() => rest.aWorkflow(tenantId));

  it('has the same ETag in the answer of each change as when it is read', async () => {
    const created = await send('POST', '/api/v1/workflows', undefined, aWrite('new'));
    expect(created.headers['etag']).toBe(await tagOf('/api/v1/workflows/2'));
    const put = await send('PUT', workflow, undefined, aWrite('second'));
    expect(put.headers['etag']).toBe(await tagOf(workflow));
    const patched = await send('PATCH', workflow, undefined, { active: false });
    expect(patched.headers['etag']).toBe(await tagOf(workflow));

    expect(put.headers['content-location']).toBe(workflow);
    expect(new Set([created, put, patched].map(({ headers }) => headers['etag'])).size).toBe(3);
  });

  it('is answered in the same shape by POST, PUT, PATCH and GET', async () => {
    const created = await send('POST', '/api/v1/workflows', undefined, aWrite('new'));
    const target = created.headers['location']!;
    const shapes = [
      created,
      await send('PUT', target, undefined, aWrite('second')),
      await send('PATCH', target, undefined, { active: false }),
      await send('PATCH', target, undefined, { active: false }),
      await rest.call('GET', target, { token }),
    ].map(({ body }) => Object.keys(body));

    expect(new Set(shapes.map((names) => names.join(' '))).size).toBe(1);
    expect(shapes[0]).toContain('recipe');
  });

  it('is written if it is as the caller read it', async () => {
    expect(await send('PUT', workflow, await tagOf(workflow), aWrite('second'))).toMatchObject({ status: 200 });
    expect(await send('PATCH', workflow, await tagOf(workflow), { active: false })).toMatchObject({ status: 200 });
  });

  it.each([
    ['PUT', aWrite('mine')],
    ['PATCH', { active: false }],
  ])('is not written by a %s that was made from an earlier version', async (method, body) => {
    const read = await tagOf(workflow);
    await send('PUT', workflow, undefined, aWrite('theirs'));

    expect(await send(method, workflow, read, body)).toMatchObject(conflict);
    expect((await rest.call('GET', workflow, { token })).body).toMatchObject({
      name: 'theirs',
      active: true,
      version: 2,
    });
    expect(await audited()).toEqual(['workflow.updated']);
  });

  it('may be edited although a run began since it was read, which changes what a GET answers', async () => {
    const read = await tagOf(workflow);
    await send('POST', `${workflow}/runs`, undefined, {});

    expect(await tagOf(workflow)).not.toBe(read);
    expect(await send('PUT', workflow, read, aWrite('second'))).toMatchObject({ status: 200 });
  });

  it.each([
    ['PUT', { name: 'Spring Promo', recipe: aRecipe() }],
    ['PATCH', { active: true }],
  ])('keeps its ETag when a %s changes nothing', async (method, body) => {
    const read = await tagOf(workflow);

    expect((await send(method, workflow, read, body)).headers['etag']).toBe(read);
    expect(await tagOf(workflow)).toBe(read);
  });

  it('that was switched off and on again in the same millisecond is not as it was read', async () => {
    const read = await tagOf(workflow);
    await send('PATCH', workflow, undefined, { active: false });
    await send('PATCH', workflow, undefined, { active: true });

    expect(await send('PUT', workflow, read, aWrite('mine'))).toMatchObject(conflict);
  });

  it.each([
    ['PUT', 'PUT', aWrite('slow'), aWrite('fast')],
    ['PUT', 'PATCH', aWrite('slow'), { active: false }],
    ['PATCH', 'PUT', { active: false }, aWrite('fast')],
    ['PATCH', 'PATCH', { active: false }, { active: false }],
  ])('edited by a %s and a %s at once is written by exactly one of them', async (slow, fast, ofSlow, ofFast) => {
    const read = await tagOf(workflow);
    const finish = await held('WORKFLOW#', slow, workflow, read, ofSlow);

    expect(await send(fast, workflow, read, ofFast)).toMatchObject({ status: 200 });
    expect(await finish()).toMatchObject(conflict);
    expect((await audited()).length).toBe(1);
  });

  it('edited by ten at once is written by exactly one of them', async () => {
    const read = await tagOf(workflow);

    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => send('PUT', workflow, read, aWrite(`editor ${index}`))),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(412)]);
  });

  it.each([
    ['PUT', aWrite('second')],
    ['PATCH', { active: false }],
  ])('is written once by a %s whose write the SDK repeats', async (method, body) => {
    const answer = await sendRepeating('WORKFLOW#', method, workflow, await tagOf(workflow), body);

    expect(answer.status).toBe(200);
    expect(answer.headers['etag']).toBe(await tagOf(workflow));
  });

  it('stored by a release without edit marks is judged too', async () => {
    await forget(workflowKey(tenantId, 1));
    const read = await tagOf(workflow);

    expect(await send('PATCH', workflow, read, { active: false })).toMatchObject({ status: 200 });
    expect(await send('PATCH', workflow, read, { active: true })).toMatchObject(conflict);
  });

  it('of another tenant is not found, whatever If-Match says', async () => {
    const stranger = await rest.aTenant();
    const ask = async (ifMatch: string) => {
      const call = { token: stranger.token, body: aWrite('mine'), headers: { 'if-match': ifMatch } };
      return (await rest.call('PUT', workflow, call)).body.code;
    };

    expect([await ask(await tagOf(workflow)), await ask('"x"'), await ask('*')]).toEqual(Array(3).fill('not_found'));
  });
});

describe('a webhook endpoint', () => {
  const edits: readonly [string, string, unknown][] = [
    ['PATCH', '', { description: 'mine' }],
    ['DELETE', '', undefined],
    ['POST', '/rotate-secret', {}],
    ['POST', '/expire-previous-secret', {}],
  ];

  it('has the same ETag in the answer of each change as when it is read', async () => {
    const body = { url: 'https://hooks.example.com/in', events: ['*'], headers: { 'x-b': '1', 'x-a': '2' } };
    const created = await rest.call('POST', '/api/v1/webhook-endpoints', { token, body });
    const target = created.headers['location']!;
    expect(created.headers['etag']).toBe(await tagOf(target));

    for (const [method, action, sent] of edits.filter(([name]) => name !== 'DELETE')) {
      const answer = await send(method, `${target}${action}`, undefined, sent);
      expect([action, answer.headers['etag']]).toEqual([action, await tagOf(target)]);
    }
  });

  it.each(edits)('is changed by %s%s if it is as the caller read it', async (method, action, body) => {
    const target = await anEndpoint();

    expect((await send(method, `${target}${action}`, await tagOf(target), body)).status).toBeLessThan(300);
  });

  it.each(edits)('is not changed by %s%s after somebody else changed it', async (method, action, body) => {
    const target = await anEndpoint();
    const read = await tagOf(target);
    await send('POST', `${target}/rotate-secret`, undefined, {});
    await send('PATCH', target, undefined, { description: 'theirs' });
    const before = await rest.call('GET', target, { token });

    expect(await send(method, `${target}${action}`, read, body)).toMatchObject(conflict);
    expect((await rest.call('GET', target, { token })).body).toEqual(before.body);
  });

  it.each([
    ['PATCH', '', { description: 'slow' }],
    ['PATCH', '', { url: 'https://other.example.com/in' }],
    ['DELETE', '', undefined],
    ['POST', '/rotate-secret', {}],
  ])('edited by two at once, the slower a %s%s, is written by exactly one', async (method, action, body) => {
    const target = await anEndpoint();
    const read = await tagOf(target);
    const finish = await held('ENDPOINT#', method, `${target}${action}`, read, body);

    expect(await send('PATCH', target, read, { description: 'fast' })).toMatchObject({ status: 200 });
    expect(await finish()).toMatchObject(conflict);
    expect((await rest.call('GET', target, { token })).body).toMatchObject({
      description: 'fast',
      url: 'https://hooks.example.com/in',
      previous_secret_until: null,
    });
  });

  it('is deleted by exactly one of two, and the other one learns that it is gone', async () => {
    const target = await anEndpoint();
    const read = await tagOf(target);
    const finish = await held('ENDPOINT#', 'PATCH', target, read, { description: 'slow' });

    expect(await send('DELETE', target, read)).toMatchObject({ status: 204 });
    expect(await finish()).toMatchObject({ status: 404 });
  });

  it.each(edits)('is changed once by %s%s whose write the SDK repeats', async (method, action, body) => {
    const target = await anEndpoint();
    if (action === '/expire-previous-secret') await send('POST', `${target}/rotate-secret`, undefined, {});
    const answer = await sendRepeating('ENDPOINT#', method, `${target}${action}`, await tagOf(target), body);

    expect(answer.status).toBeLessThan(300);
    // A deleted endpoint has no ETag, and neither has its 404.
    expect(answer.headers['etag']).toBe(await tagOf(target));
  });

  it('that was disabled because it fails is not as it was read, but its failures alone change nothing', async () => {
    const target = await anEndpoint();
    const id = target.split('/').at(-1)!;
    const read = await tagOf(target);
    const seen = (await rest.deps.endpoints.get(tenantId, id))!;

    const failing = { failing_since: noon.toISOString(), failed_days: 3, warned_percent: 50 };
    await setOn(endpointKey(tenantId, id), failing);
    expect(await tagOf(target)).not.toBe(read);
    expect(await send('PATCH', target, read, { description: 'mine' })).toMatchObject({ status: 200 });

    const again = await tagOf(target);
    await setOn(endpointKey(tenantId, id), { status: 'disabled', address_mark: `${seen.address_mark} and on` });
    expect(await send('PATCH', target, again, { description: 'mine' })).toMatchObject(conflict);
  });

  it('answers the repeat of a rotation, which expects what the rotation itself changed', async () => {
    const target = await anEndpoint();
    const headers = { 'if-match': await tagOf(target), 'idempotency-key': 'rotate-1' };

    const first = await rest.call('POST', `${target}/rotate-secret`, { token, headers, body: {} });
    const repeat = await rest.call('POST', `${target}/rotate-secret`, { token, headers, body: {} });

    expect(first.status).toBe(200);
    expect(repeat).toMatchObject({ status: 200, headers: { 'idempotent-replayed': 'true' }, body: first.body });
  });

  it('stored by a release without edit marks is judged too', async () => {
    const target = await anEndpoint();
    await forget(endpointKey(tenantId, target.split('/').at(-1)!));
    const read = await tagOf(target);

    expect(await send('PATCH', target, read, { description: 'mine' })).toMatchObject({ status: 200 });
    expect(await send('DELETE', target, read)).toMatchObject(conflict);
  });
});

describe('If-Match', () => {
  beforeEach(() => rest.aWorkflow(tenantId));

  it('names any state with *, one of several with a list, and none with a weak tag', async () => {
    const read = await tagOf(workflow);
    const put = async (ifMatch: string) =>
      (await send('PUT', workflow, ifMatch, aWrite(`Named with ${ifMatch.length}`))).status;

    expect(await put(`"other", ${read}`)).toBe(200);
    expect(await put(`"a,b" , ,\t${await tagOf(workflow)},`)).toBe(200);
    expect(await put('*')).toBe(200);
    expect(await put(' * ')).toBe(200);
    expect(await put(`W/${await tagOf(workflow)}`)).toBe(412);
    expect(await put('""')).toBe(412);
    expect(await put('"é\u00ff"')).toBe(412);
  });

  it.each([
    ['empty', ''],
    ['only commas', ' , ,'],
    ['a tag without quotes', 'abc'],
    ['an open quote', '"abc'],
    ['two tags without a comma', '"a" "b"'],
    ['a lower-case weak tag', 'w/"a"'],
    ['a weak tag with a space', 'W/ "a"'],
    ['* among tags', '"a", *'],
    ['a control character', '"a\u0001"'],
    ['a space in a tag', '"a b"'],
    ['51 tags', Array(51).fill('"a"').join(',')],
    ['10,000 tags', Array(10_000).fill('"a"').join(',')],
    ['a tag of 10,000 characters', `"${'x'.repeat(10_000)}"`],
  ])('that cannot be read is refused with its name, so that nothing is overwritten: %s', async (_what, ifMatch) => {
    expect(await send('PUT', workflow, ifMatch, aWrite('mine'))).toMatchObject({
      status: 422,
      body: { code: 'invalid_request', errors: [{ header: 'If-Match', code: 'invalid_entity_tag' }] },
    });
  });

  it('is not looked at by calls that know no versions', async () => {
    expect(await send('POST', '/api/v1/workflows', '"x"', aWrite('new'))).toMatchObject({ status: 201 });
    expect(await send('GET', workflow, '"x"')).toMatchObject({ status: 200 });
    expect(await send('POST', `${workflow}/runs`, 'nonsense', {})).toMatchObject({ status: 202 });
  });

  it('is judged after the access, the body and the existence', async () => {
    const reader = await rest.aToken(tenantId, { scopes: ['workflows:read'] });
    const headers = { 'if-match': 'nonsense' };

    expect((await rest.call('PUT', workflow, { token: reader, headers, body: {} })).status).toBe(403);
    expect((await send('PUT', workflow, '"x"', {})).status).toBe(422);
    expect((await send('PUT', '/api/v1/workflows/99', '"x"', aWrite('mine'))).status).toBe(404);
  });

  it('is taken by exactly the calls that name version_conflict among their refusals', () => {
    const taking = rest.routes.filter(({ takesIfMatch }) => takesIfMatch);

    expect(taking).toEqual(rest.routes.filter(({ errors }) => errors.includes('version_conflict')));
    expect(taking.map(({ operationId }) => operationId).sort()).toEqual([
      'deleteWebhookEndpoint',
      'expirePreviousSecret',
      'patchWebhookEndpoint',
      'patchWorkflow',
      'replaceWorkflow',
      'rotateWebhookSecret',
    ]);
  });
});

it('every change of a workflow or an endpoint that answers with it says that it carries its ETag', () => {
  const tagged = rest.routes.filter((route) => route.tagged === true).map(({ operationId }) => operationId);

  expect(tagged.sort()).toEqual([
    'createWebhookEndpoint',
    'createWorkflow',
    'expirePreviousSecret',
    'patchWebhookEndpoint',
    'patchWorkflow',
    'replaceWorkflow',
    'rotateWebhookSecret',
  ]);
});

describe('If-None-Match on a change', () => {
  it('keeps a caller who means to create something from overwriting what is there', async () => {
    await rest.aWorkflow(tenantId);
    const put = async (value: string) => {
      const headers = { 'if-none-match': value };
      return (await rest.call('PUT', workflow, { token, headers, body: aWrite(value) })).status;
    };

    expect(await put('*')).toBe(412);
    expect(await put(`W/${await tagOf(workflow)}`)).toBe(412);
    expect(await put('nonsense')).toBe(422);
    expect(await put('"another"')).toBe(200);
  });
});

/** Makes a row look as an earlier release wrote it. */
async function forget({ pk, sk }: { pk: string; sk: string }): Promise<void> {
  const { client, tableName: TableName } = rest.table;
  await client.send(new UpdateCommand({ TableName, Key: { pk, sk }, UpdateExpression: 'REMOVE edit_mark' }));
}

async function setOn({ pk, sk }: { pk: string; sk: string }, attributes: Record<string, unknown>): Promise<void> {
  const { client, tableName: TableName } = rest.table;
  const names = Object.keys(attributes);
  await client.send(
    new UpdateCommand({
      TableName,
      Key: { pk, sk },
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, attributes[name]])),
    }),
  );
}
