import { operationsOf, type Operation } from '../support/document/operations';
import { startRest, type Rest } from '../support/rest';

let rest: Rest;
let id: string;
let token: string;
beforeAll(async () => {
  rest = await startRest();
});
afterAll(() => rest.stop());
beforeEach(async () => {
  ({ id, token } = await rest.aTenant({ authoring: true }));
  await rest.aWorkflow(id);
});

const headers = { 'content-type': 'application/json' };
const runsPath = '/api/v1/workflows/1/runs';
const trigger = (rawBody: string, more: Record<string, string> = {}) =>
  rest.call('POST', runsPath, { token, rawBody, headers: { ...headers, ...more } });
const runs = async () => (await rest.call('GET', '/api/v1/workflow-runs', { token })).body.data;

test("a 64-bit id in a run's input is refused with its place, and nothing is counted", async () => {
  const answer = await trigger('{"input":{"id":8202522731445525542}}', { 'idempotency-key': 'one' });

  expect(answer).toMatchObject({
    status: 400,
    body: {
      code: 'invalid_number',
      title: 'Invalid number',
      errors: [
        {
          pointer: '#/input/id',
          code: 'invalid_number',
          detail: 'A 64-bit floating-point number cannot hold this number exactly; send it as a string.',
        },
      ],
    },
  });
  expect(await runs()).toEqual([]);
  expect((await trigger('{"input":{"id":"8202522731445525542"}}', { 'idempotency-key': 'one' })).status).toBe(202);
});

test('every route with a body refuses an inexact number and a repeated name at any place', async () => {
  const operations = operationsOf(rest.document);
  const withBody = operations.filter(({ method }) => method !== 'GET' && method !== 'DELETE');
  const targetOf = ({ path }: Operation) => path.replace(/\{\w+\}/g, '1');

  expect(withBody.length).toBeGreaterThan(10);
  for (const operation of withBody) {
    const send = (rawBody: string) => rest.call(operation.method, targetOf(operation), { token, rawBody, headers });

    expect(await send('{"a":{"b":[1e400]}}')).toMatchObject({
      status: 400,
      body: { code: 'invalid_number', errors: [{ pointer: '#/a/b/0' }] },
    });
    expect(await send('{"a":{"b":1,"b":1}}')).toMatchObject({
      status: 400,
      body: { code: 'malformed_json', errors: [{ pointer: '#/a/b', code: 'repeated_name' }] },
    });
  }
});

test('size, syntax and depth are judged first, and their answers stay as they are', async () => {
  const inexact = '9007199254740993';

  expect(await trigger(`[${'1e400,'.repeat(44_000)}1]`)).toMatchObject({ status: 413 });
  expect((await trigger(`{"a":${inexact}`)).body).toMatchObject({ code: 'malformed_json', errors: [] });
  expect((await trigger(`${'['.repeat(101)}${inexact}${']'.repeat(101)}`)).body.detail).toMatch(
    /^The body nests deeper/,
  );
  expect((await trigger(`{"a":"\\ud800","b":${inexact}}`)).body.detail).toMatch(/half of a character/);
});

test('a body with a byte order mark has the same places', async () => {
  expect((await trigger('\ufeff{"input":{"id":1e400}}')).body.errors).toMatchObject([{ pointer: '#/input/id' }]);
});

test.each([
  ['an inherited name', '{"input":{"constructor":1,"toString":2,"hasOwnProperty":3}}'],
  ['the name __proto__', '{"input":{"__proto__":{"a":1},"b":{"__proto__":2}}}'],
  ['digits in texts and names', '{"input":{"9007199254740993":"9007199254740993 1e400"}}'],
])('%s once is no repeated name and no number', async (_, rawBody) => {
  expect(await trigger(rawBody)).toMatchObject({ status: 202 });
});

test('no two ids replay one Idempotency-Key, and two spellings of one number do', async () => {
  const started = await trigger('{"input":{"id":9007199254740991}}', { 'idempotency-key': 'ids' });
  for (const other of ['9007199254740992', '9007199254740993', '9007199254740991.0000001', '9007199254740990.9']) {
    const answer = await trigger(`{"input":{"id":${other}}}`, { 'idempotency-key': 'ids' });
    expect([other, answer.status, answer.body.code]).toEqual([other, 400, 'invalid_number']);
  }
  const other = await trigger('{"input":{"id":9007199254740990}}', { 'idempotency-key': 'ids' });
  const spelt = await trigger('{"input":{"id":9.007199254740991E15}}', { 'idempotency-key': 'ids' });

  expect(started.status).toBe(202);
  expect(other.body.code).toBe('idempotency_key_reused');
  expect(spelt).toMatchObject({ status: 202, body: { id: started.body.id } });
  expect(spelt.headers['idempotent-replayed']).toBe('true');
  expect(await runs()).toHaveLength(1);
});

test.each([
  ['0', '-0'],
  ['1', '1.0'],
  ['100', '1e2'],
  ['100', '1E+2'],
  ['0.1', '0.10'],
])('%s and %s are one value, so a repetition with the other is a replay', async (one, other) => {
  const first = await trigger(`{"input":{"n":${one}}}`, { 'idempotency-key': 'same' });
  const second = await trigger(`{"input":{"n":${other}}}`, { 'idempotency-key': 'same' });

  expect([first.status, second.status, second.body.id]).toEqual([202, 202, first.body.id]);
});
