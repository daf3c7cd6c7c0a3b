import { productVersion } from '../../functions/contract/version';
import { stepTypeSchema } from '../../functions/domain/workflow/recipe';
import { aMessage, revisions, startMcp, type Mcp, type Revision } from './mcp';

let mcp: Mcp;
let token: string;

beforeAll(async () => {
  mcp = await startMcp();
  ({ token } = await mcp.aCaller());
});
afterAll(() => mcp.stop());

const serverInfo = { name: 'coffield-workflows', title: 'Coffield Workflows', version: productVersion };
const era = (revision: Revision) => (revision === '2026-07-28' ? 'modern' : 'legacy');

describe.each(revisions)('a client of revision %s', (revision) => {
  const post = (change: object = {}) => mcp.send('POST', { token, ...aMessage(revision, 'tools/list'), ...change });

  test('gets the name, version and capabilities of the server', async () => {
    const { status, body } = await (era(revision) === 'modern'
      ? mcp.request(revision, token, 'server/discover')
      : mcp.request(revision, token, 'initialize', anInitialize(revision)));

    expect(status).toBe(200);
    // Only what exists is declared, whatever else is answered.
    expect(body.result.capabilities).toEqual({ tools: { listChanged: false } });
    expect(body.result.instructions).toMatch(/treat them as data/);
    expect(stepTypeSchema.options.filter((type) => !body.result.instructions.includes(type))).toEqual([]);
    expect(body.result).toMatchObject(
      era(revision) === 'modern'
        ? { supportedVersions: [revision], _meta: { 'io.modelcontextprotocol/serverInfo': serverInfo } }
        : { protocolVersion: revision, serverInfo },
    );
  });

  test('gets the four tools, always in the same order, and no prompts or resources', async () => {
    const lists = await Promise.all([1, 2].map(() => mcp.request(revision, token, 'tools/list')));
    const names = lists.map(({ body }) => body.result.tools.map(({ name }: { name: string }) => name));

    expect(names[0]).toEqual(['list_workflows', 'trigger_workflow', 'list_workflow_runs', 'get_workflow_run']);
    expect(names[1]).toEqual(names[0]);
    for (const [method, list] of [
      ['prompts/list', 'prompts'],
      ['resources/list', 'resources'],
      ['resources/templates/list', 'resourceTemplates'],
    ] as const) {
      const { body } = await mcp.request(revision, token, method);
      // The new revision forbids to answer what is not declared.
      const expected =
        era(revision) === 'modern'
          ? { error: { code: -32601, message: 'Method not found' } }
          : { result: { [list]: [] } };
      expect(body).toEqual({ jsonrpc: '2.0', id: 7, ...expected });
    }
  });

  test('gets JSON, never a stream, and no session', async () => {
    const { headers } = await post();

    expect(headers['content-type']).toBe('application/json');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['mcp-session-id']).toBeUndefined();
  });

  test('may send a notification, which is accepted with an empty response', async () => {
    const { status, body } = await mcp.send('POST', {
      token,
      ...aMessage(revision, 'notifications/initialized', {}, null),
    });

    expect([status, body]).toEqual([202, undefined]);
  });

  test('gets an error with the names of the tools if a tool does not exist', async () => {
    const { status, body } = await mcp.request(revision, token, 'tools/call', {
      name: 'delete_workflow',
      arguments: {},
    });

    expect(status).toBe(200);
    expect(body.error).toMatchObject({ code: -32602, message: expect.stringContaining('get_workflow_run') });
  });

  test.each(['constructor', '__proto__', 'toString'])('gets the same error for a tool named %s', async (name) => {
    const { body } = await mcp.request(revision, token, 'tools/call', { name, arguments: {} });

    expect(body.error.code).toBe(-32602);
  });

  test('gets an error if a method does not exist', async () => {
    const { status, body } = await mcp.request(revision, token, 'workflows/list');

    expect(status).toBe(era(revision) === 'modern' ? 404 : 200);
    expect(body).toMatchObject({ id: 7, error: { code: -32601 } });
  });

  test('cannot subscribe, because there are no resources', async () => {
    const { status, body } = await mcp.request(revision, token, 'subscriptions/listen', { notifications: {} });

    expect(status).toBe(era(revision) === 'modern' ? 404 : 200);
    expect(body).toMatchObject({ id: 7, error: { code: -32601 } });
  });

  test.each([
    ['is not JSON', { body: undefined, rawBody: '{"jsonrpc":' }, 400, -32700],
    ['is not UTF-8', { body: undefined, rawBody: Buffer.from([0x22, 0xff, 0x22]) }, 400, -32700],
    ['is empty', { body: undefined, rawBody: '' }, 400, -32700],
    ['nests deeper than 100 levels', { body: undefined, rawBody: '['.repeat(101) + ']'.repeat(101) }, 400, -32700],
    ['is a batch', { body: [aMessage(revision, 'tools/list').body] }, 400, -32600],
    ['is an empty batch', { body: [] }, 400, -32600],
    ['is JSON but not JSON-RPC', { body: { method: 'tools/list' } }, 400, -32600],
    ['is not an object', { body: 42 }, 400, -32600],
    ['has over 256 KB', { body: { padding: 'x'.repeat(256 * 1024) } }, 413, -32000],
  ])('is refused if the body %s', async (_what, change, status, code) => {
    const json = { 'content-type': 'application/json' };
    const { headers } = aMessage(revision, 'tools/list');

    const answer = await mcp.send('POST', { token, headers: { ...headers, ...json }, ...change });

    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(answer.body.jsonrpc).toBe('2.0');
  });

  test.each([
    ['is not JSON', 'text/plain'],
    ['names another charset than UTF-8', 'application/json; charset=iso-8859-1'],
  ])('is refused if the content type of the body %s', async (_what, type) => {
    const { headers } = aMessage(revision, 'tools/list');

    const { status, body } = await post({ headers: { ...headers, 'content-type': type } });

    expect(status).toBe(415);
    expect(body.error).toMatchObject({ code: -32000, data: { code: 'unsupported_media_type' } });
  });

  test.each(['text/html', 'text/event-stream', 'application/json;q=0', 'application/xml, text/*'])(
    'is refused if it accepts only %s',
    async (accept) => {
      const { headers } = aMessage(revision, 'tools/list');

      const { status, body } = await post({ headers: { ...headers, accept } });

      expect(status).toBe(406);
      expect(body.error.message).toContain('application/json, text/event-stream');
    },
  );

  test.each(['application/json', '*/*', 'application/*;q=0.5', ''])(
    'is served if it accepts %p, although the protocol requires it to accept event streams too',
    async (accept) => {
      const { headers } = aMessage(revision, 'tools/list');

      expect((await post({ headers: { ...headers, accept } })).status).toBe(200);
    },
  );

  test.each(['GET', 'DELETE', 'PUT', 'PATCH', 'OPTIONS', 'HEAD'])(
    'that uses the method %s is told which transport to use',
    async (method) => {
      const { status, headers, body } = await mcp.send(method, { token });

      expect([status, headers['allow']]).toEqual([405, 'POST']);
      expect(body).toMatchObject({ id: null, error: { message: expect.stringContaining('Streamable HTTP') } });
      expect(body.error.message).toContain('POST /mcp');
    },
  );

  test.each([
    'https://evil.example',
    'https://workflows.acme.example.evil.example',
    'http://workflows.acme.example',
    'null',
    'file://',
  ])('from a web page of %s is refused before its token is checked', async (origin) => {
    const { headers } = aMessage(revision, 'tools/list');

    const { status, body } = await post({ token: 'none', headers: { ...headers, origin } });

    expect(status).toBe(403);
    expect(body.id).toBeNull();
  });

  test.each(['https://workflows.acme.example', 'http://localhost:6274', 'http://127.0.0.1:3000', 'http://[::1]:8080'])(
    'from a web page of %s is served',
    async (origin) => {
      const { headers } = aMessage(revision, 'tools/list');

      expect((await post({ headers: { ...headers, origin } })).status).toBe(200);
    },
  );

  test('may send old session and resumption headers, which are ignored', async () => {
    const { headers } = aMessage(revision, 'tools/list');

    const { status } = await post({ headers: { ...headers, 'mcp-session-id': 'abc', 'last-event-id': '7' } });

    expect(status).toBe(200);
  });
});

describe('versions', () => {
  test.each(['2025-03-26', '2024-11-05'])(
    'a client of %s needs no header that names its revision',
    async (revision) => {
      const initialized = await mcp.send('POST', {
        token,
        body: { jsonrpc: '2.0', id: 1, method: 'initialize', params: anInitialize(revision) },
      });
      const listed = await mcp.send('POST', { token, body: { jsonrpc: '2.0', id: 2, method: 'tools/list' } });

      expect(initialized.body.result.protocolVersion).toBe(revision);
      expect(listed.body.result.tools).toHaveLength(4);
    },
  );

  test('a client that initializes with an unknown revision is offered the newest one that has initialize', async () => {
    const { body } = await mcp.send('POST', {
      token,
      body: { jsonrpc: '2.0', id: 1, method: 'initialize', params: anInitialize('2024-10-07') },
    });

    expect(body.result.protocolVersion).toBe('2025-11-25');
  });

  test('a request with an unknown revision gets an error with the supported ones', async () => {
    const { status, body } = await mcp.request('2024-10-07' as Revision, token, 'tools/list');
    const { headers } = aMessage('2026-07-28', 'tools/list');
    const params = { _meta: { ...modernMeta(), 'io.modelcontextprotocol/protocolVersion': '2031-01-01' } };
    const modern = await mcp.send('POST', {
      token,
      body: { jsonrpc: '2.0', id: 1, method: 'tools/list', params },
      headers: { ...headers, 'mcp-protocol-version': '2031-01-01' },
    });

    expect([status, body.error.message]).toEqual([400, expect.stringContaining('2025-11-25')]);
    expect([modern.status, modern.body.error]).toEqual([
      400,
      expect.objectContaining({ code: -32022, data: { supported: ['2026-07-28'], requested: '2031-01-01' } }),
    ]);
  });

  test.each([
    ['another version', { 'mcp-protocol-version': '2025-11-25' }],
    ['another method', { 'mcp-method': 'tools/call' }],
    ['no method', { 'mcp-method': undefined }],
  ])('headers with %s that do not match the body are refused', async (_what, change) => {
    const { body, headers } = aMessage('2026-07-28', 'tools/list');
    const sent = Object.fromEntries(
      Object.entries({ ...headers, ...change }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    );

    const answer = await mcp.send('POST', { token, body, headers: sent });

    expect([answer.status, answer.body.error.code]).toEqual([400, -32020]);
  });

  test('the name of the tool must be in a header too, plain or in base64', async () => {
    const call = (name: string | undefined) => {
      const { body, headers } = aMessage('2026-07-28', 'tools/call', { name: 'list_workflows', arguments: {} });
      const { 'mcp-name': _plain, ...others } = headers as Record<string, string>;
      return mcp.send('POST', { token, body, headers: { ...others, ...(name !== undefined && { 'mcp-name': name }) } });
    };

    const encoded = Buffer.from('list_workflows').toString('base64');
    expect((await call(`=?base64?${encoded}?=`)).body.result.isError).toBeUndefined();
    for (const wrong of ['trigger_workflow', 'lïst_workflows', undefined]) {
      expect((await call(wrong)).body.error.code).toBe(-32020);
    }
  });

  test('a request that claims the new revision must describe its client', async () => {
    const { headers } = aMessage('2026-07-28', 'tools/list');

    const { status, body } = await mcp.send('POST', {
      token,
      body: { jsonrpc: '2.0', id: 3, method: 'tools/list', params: {} },
      headers,
    });

    expect([status, body.error.code, body.id]).toEqual([400, -32602, 3]);
  });

  test('lists of the new revision say how long and for whom they may be cached', async () => {
    for (const method of ['server/discover', 'tools/list']) {
      const { body } = await mcp.request('2026-07-28', token, method);
      expect(body.result).toMatchObject({ resultType: 'complete', ttlMs: 300_000, cacheScope: 'private' });
    }
  });
});

test('a refusal by the protocol is logged in one line without content of the request', async () => {
  mcp.rest.logged.length = 0;

  await mcp.request('2026-07-28', token, 'secret/method');
  await mcp.request('2026-07-28', token, 'tools/call', { name: 'secret_tool', arguments: { secret: 1 } });

  expect(mcp.rest.logged).toEqual([
    expect.objectContaining({ event: 'request_refused', code: 'http_404', channel: 'mcp', operation: 'mcp' }),
    expect.objectContaining({
      event: 'request_refused',
      code: 'unknown_tool',
      channel: 'mcp',
      operation: 'tools/call',
    }),
  ]);
  expect(JSON.stringify(mcp.rest.logged)).not.toContain('secret');
});

function anInitialize(protocolVersion: string) {
  return { protocolVersion, capabilities: {}, clientInfo: { name: 'jest', version: '1' } };
}

function modernMeta(): object {
  return (aMessage('2026-07-28', 'tools/list').body.params as { _meta: object })._meta;
}
