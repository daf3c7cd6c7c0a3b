import { aMessage, startMcp, type Mcp, type Revision } from './mcp';

let mcp: Mcp;
beforeAll(async () => (mcp = await startMcp()));
afterAll(() => mcp.stop());

const mark = '@the place@';
/** Sends a message in which `json` stands in place of the mark. */
const sendWith = (token: string, json: string, { body, headers }: ReturnType<typeof aMessage>) =>
  mcp.send('POST', {
    token,
    headers: { ...headers, 'content-type': 'application/json' },
    rawBody: JSON.stringify(body).replace(JSON.stringify(mark), () => json),
  });
const trigger = (args: object, revision: Revision = '2026-07-28') =>
  aMessage(revision, 'tools/call', { name: 'trigger_workflow', arguments: args });

test.each<Revision>(['2026-07-28', '2025-11-25'])(
  'in revision %s a model is told which number of its arguments to send as a string, and no run is started',
  async (revision) => {
    const { id, token } = await mcp.aCaller();
    await mcp.rest.aWorkflow(id);

    const call = trigger({ workflow_id: 1, input: { ids: [1, mark] } }, revision);
    const { status, body } = await sendWith(token, '8202522731445525542,1e400', call);

    expect(status).toBe(200);
    expect(body.id).toBe(7);
    expect(body.result.isError).toBe(true);
    expect(body.result.content[0].text.split('\n')).toEqual([
      'Invalid number',
      'invalid_number: The JSON holds a number that cannot be kept exactly. First: #/input/ids/1: A 64-bit floating-point ' +
        'number cannot hold this number exactly; send it as a string.',
      '#/input/ids/1: A 64-bit floating-point number cannot hold this number exactly; send it as a string.',
      '#/input/ids/2: A 64-bit floating-point number cannot hold this number exactly; send it as a string.',
    ]);
    expect((await mcp.callTool(token, 'list_workflow_runs')).data).toEqual([]);
    expect(mcp.rest.logged.map(({ code }) => code)).toContain('invalid_number');
  },
);

test('a tool does not choose between the two values of a repeated argument', async () => {
  const { id, token } = await mcp.aCaller();
  await mcp.rest.aWorkflow(id);
  await mcp.rest.aWorkflow(id);

  const { body } = await sendWith(token, '1,"workflow_\\u0069d":2', trigger({ workflow_id: mark }));

  expect(body.result.content[0].text).toMatch(/^Malformed JSON\nmalformed_json: .* First: #\/workflow_id: /);
  expect((await mcp.callTool(token, 'list_workflow_runs')).data).toEqual([]);
});

test.each<[string, (json: string) => { message: object; json: string }]>([
  ['#/id', (json) => ({ message: { ...trigger({}).body, id: mark }, json })],
  ['#/params/_meta/progressToken', (json) => ({ message: { ...trigger({}).body, params: { _meta: { progressToken: mark } } }, json })], // prettier-ignore
  ['#/more', (json) => ({ message: { ...trigger({}).body, more: mark }, json })],
  ['#/1/id', (json) => ({ message: [trigger({}).body, { ...trigger({}).body, id: mark }], json })],
])('a message with an inexact number at %s is not answered as if it had another one', async (pointer, make) => {
  const { token } = await mcp.aCaller();

  const { message, json } = make('9007199254740993');
  const answer = await sendWith(token, json, { ...trigger({}), body: message as any });

  expect(answer).toMatchObject({
    status: 400,
    body: {
      error: {
        code: -32600,
        message: expect.stringContaining('send it as a string'),
        data: { code: 'invalid_number', errors: [{ pointer, code: 'invalid_number' }] },
      },
    },
  });
  expect(answer.body.id).toBeNull();
});

test.each(['"method":"tools/list"', '"params":{}'])('a message that repeats %s is a parse error', async (member) => {
  const { token } = await mcp.aCaller();

  const answer = await sendWith(token, `1,${member}`, {
    ...trigger({}),
    body: { ...trigger({}).body, more: mark } as any,
  });

  expect(answer).toMatchObject({ status: 400, body: { error: { code: -32700, data: { code: 'malformed_json' } } } });
});
