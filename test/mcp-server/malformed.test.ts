import { aMessage, startMcp, type Mcp, type Revision } from './mcp';

let mcp: Mcp;
let token: string;

beforeAll(async () => {
  mcp = await startMcp();
  ({ token } = await mcp.aCaller());
});
afterAll(() => mcp.stop());

const initialize = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'jest', version: '1' },
};
const call = { name: 'list_workflows', arguments: {} };

describe.each<Revision>(['2026-07-28', '2025-11-25', '2024-11-05'])('in revision %s', (revision) => {
  const send = (method: string, message: object, params: object = {}) => {
    const { body, headers } = aMessage(revision, method, params);
    return mcp.send('POST', { token, headers, body: { ...body, ...message } });
  };

  test.each<[string, string, object, number, unknown, RegExp]>([
    ['no jsonrpc', 'tools/list', { jsonrpc: undefined }, -32600, 7, /"jsonrpc" must be "2.0"/],
    ['another jsonrpc', 'tools/list', { jsonrpc: '1.0' }, -32600, 7, /"jsonrpc" must be "2.0"/],
    ['jsonrpc as a number', 'tools/list', { jsonrpc: 2 }, -32600, 7, /"jsonrpc" must be "2.0"/],
    ['no method', 'tools/list', { method: undefined }, -32600, 7, /"method" must be a string/],
    ['a method that is no string', 'tools/list', { method: 7 }, -32600, 7, /"method" must be a string/],
    ['the id null', 'tools/list', { id: null }, -32600, null, /"id" must be a string or a whole number/],
    ['an id with a fraction', 'tools/list', { id: 1.5 }, -32600, null, /"id" must be a string or a whole number/],
    ['an object as its id', 'tools/list', { id: {} }, -32600, null, /"id" must be a string or a whole number/],
    ['a member of its own', 'tools/list', { extra: 1 }, -32600, 7, /"jsonrpc", "id", "method" and "params" only/],
    ['params that are an array', 'tools/call', { params: ['list_workflows'] }, -32602, 7, /"params" must be an object/],
    ['params that are a string', 'tools/call', { params: 'list_workflows' }, -32602, 7, /"params" must be an object/],
    [
      '_meta that is no object',
      'tools/list',
      { params: { _meta: 'x' } },
      -32602,
      7,
      /"params\._meta" must be an object/,
    ],
    ['a token of progress that is an object', 'tools/call', { params: { ...call, _meta: { progressToken: {} } } }, -32602, 7, /"params\._meta\.progressToken" must be/], // prettier-ignore
    [
      'a cursor that is a number',
      'tools/list',
      { params: { cursor: 7 } },
      -32602,
      7,
      /"params\.cursor" must be a string/,
    ],
    ['no name of a tool', 'tools/call', { params: { arguments: {} } }, -32602, 7, /"params\.name" must be a string/],
    ['a name that is a number', 'tools/call', { params: { name: 7 } }, -32602, 7, /"params\.name" must be a string/],
    ['arguments that are an array', 'tools/call', { params: { ...call, arguments: [1] } }, -32602, 7, /"params\.arguments" must be an object/], // prettier-ignore
    ['arguments that are a string', 'tools/call', { params: { ...call, arguments: '{}' } }, -32602, 7, /"params\.arguments" must be an object/], // prettier-ignore
  ])('a message with %s is refused with one sentence', async (_what, method, change, code, id, message) => {
    const { status, body } = await send(method, change);

    expect([status, body.jsonrpc, body.id, body.error.code]).toEqual([400, '2.0', id, code]);
    expect(body.error.message).toMatch(message);
    expect(body.error.message).toMatch(plainSentence);
  });

  test.each<[string, object]>([
    ['params', { params: null }],
    ['arguments', { params: { ...call, arguments: null } }],
  ])('null for the %s means that there are none', async (what, change) => {
    if (revision === '2026-07-28') return;

    const { body } = await send(what === 'params' ? 'tools/list' : 'tools/call', change);

    expect(body.error).toBeUndefined();
    expect(body.result.isError).toBeUndefined();
  });
});

describe('an initialize', () => {
  test.each<[string, unknown, RegExp]>([
    ['no params', undefined, /"params\.protocolVersion" must be a string/],
    ['a version that is a number', { ...initialize, protocolVersion: 20251125 }, /"params\.protocolVersion" must be/],
    ['no capabilities', { ...initialize, capabilities: undefined }, /"params\.capabilities" must be an object/],
    ['no client', { ...initialize, clientInfo: undefined }, /"params\.clientInfo\.name" must be a string/],
    [
      'a client without a version',
      { ...initialize, clientInfo: { name: 'x' } },
      /"params\.clientInfo\.version" must be/,
    ],
    [
      'capabilities of a wrong type',
      { ...initialize, capabilities: { roots: 'yes' } },
      /"params\.capabilities\.roots" is not/,
    ],
    ['experimental ones of a wrong type', { ...initialize, capabilities: { experimental: { a: 1 } } }, /"params\.capabilities\.experimental\.a" is not/], // prettier-ignore
    ['a title that is no string', { ...initialize, clientInfo: { ...initialize.clientInfo, title: {} } }, /"params\.clientInfo\.title" is not/], // prettier-ignore
  ])('with %s is refused with one sentence', async (_what, params, message) => {
    const { body } = await mcp.send('POST', { token, body: { jsonrpc: '2.0', id: 'a', method: 'initialize', params } });

    expect([body.id, body.error.code]).toEqual(['a', -32602]);
    expect(body.error.message).toMatch(message);
    expect(body.error.message).toMatch(plainSentence);
  });
});

test('a batch is refused, as its messages would have to share one answer, one rate and one wait', async () => {
  const { body, headers } = aMessage('2025-03-26', 'tools/list');
  const batch = [body, { ...body, id: 8 }];

  const answer = await mcp.send('POST', { token, headers, body: batch });

  expect(answer).toMatchObject({ status: 400, body: { id: null, error: { code: -32600 } } });
  expect(answer.body.error.message).toBe('Invalid request: Send one message a request; batches are not served.');
});

test.each([
  ['completion/complete', { ref: { type: 'ref/prompt', name: 'x' }, argument: { name: 'a', value: 'b' } }],
  ['resources/read', { uri: 'file:///etc/passwd' }],
  ['prompts/get', { name: 'x' }],
  ['tasks/list', {}],
])('what is not offered, such as %s, is an unknown method', async (method, params) => {
  const { body } = await mcp.request('2025-11-25', token, method, params);

  expect(body).toMatchObject({ id: 7, error: { code: -32601, message: 'Method not found' } });
});

/** No line breaks, and no braces or brackets, as the report of a schema library has them. */
const plainSentence = /^[^\n[\]{}]+$/;
