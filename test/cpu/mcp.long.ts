import type { Context } from 'aws-lambda';
import { mcpServer } from '../../functions/mcp-server/mcp-server';
import { aMessage, startMcp, type Mcp, type Revision } from '../mcp-server/mcp';
import { anEvent } from '../support/http-calls';
import { maxRatio, ownCpuMeter, ratioToParser } from './own-cpu';
import { placesOf } from '../support/document/schema-places';
import { kindsInTurn } from './worst-values';

jest.setTimeout(400_000);

const meter = ownCpuMeter();
let mcp: Mcp;
let token: string;
let serve: ReturnType<typeof mcpServer>;
let slow: string[];

beforeAll(async () => {
  mcp = await startMcp(meter.through);
  const caller = await mcp.aCaller({ plan: 'custom' });
  token = caller.token;
  await mcp.rest.aWorkflow(caller.id);
  serve = mcpServer({
    ...mcp.rest.deps,
    ownHosts: ['workflows.acme.example'],
    origin: 'https://workflows.acme.example',
  });
});
beforeEach(() => {
  slow = [];
});
afterAll(() => mcp.stop());

const kindsFor = kindsInTurn();

type Message = ReturnType<typeof aMessage>;

/** Sends a message with each of the worst values in place of `mark`. */
async function measure(name: string, mark: string, { body, headers }: Message): Promise<void> {
  const [before = '', after = ''] = JSON.stringify(body).split(JSON.stringify(mark));
  for (const [kind, value] of kindsFor(name.endsWith('the whole'))) {
    const rawBody = before + value + after;
    const event = anEvent('POST', '/mcp', {
      token,
      rawBody,
      headers: { 'content-type': 'application/json', ...headers },
    });
    const ratio = await ratioToParser(meter, rawBody, () => serve(event, {} as Context));
    if (ratio > maxRatio) slow.push(`${name}, ${kind}: ${ratio.toFixed(1)}`);
  }
}

const mark = '@the place@';

test('no arguments of any tool cost more than ten times the CPU of parsing the message', async () => {
  const { tools } = (await mcp.request('2026-07-28', token, 'tools/list')).body.result;
  for (const { name, inputSchema } of tools) {
    for (const place of placesOf(inputSchema)) {
      const args: object | string = JSON.parse(place.filled(JSON.stringify(mark)));
      await measure(`${name} ${place.name}`, mark, aMessage('2026-07-28', 'tools/call', { name, arguments: args }));
    }
  }

  expect(slow).toEqual([]);
});

test.each<Revision>(['2026-07-28', '2025-11-25'])(
  'no message of revision %s costs more than ten times the CPU of parsing it',
  async (revision) => {
    const call = aMessage(revision, 'tools/call', { name: 'list_workflows', arguments: {} });
    const { params } = call.body;
    const withParams = (more: object) => ({ ...call, body: { ...call.body, params: { ...params, ...more } } });
    const meta = (more: object) => withParams({ _meta: { ...Object(Object(params)._meta), ...more } });
    const hello = { protocolVersion: revision, capabilities: {}, clientInfo: { name: 'jest', version: '1' } };
    const messages: Record<string, { body: unknown; headers: Message['headers'] }> = {
      'the whole': { ...call, body: mark },
      'a batch': { ...call, body: [call.body, mark] },
      'its id': { ...call, body: { ...call.body, id: mark } },
      'its method': { ...call, body: { ...call.body, method: mark } },
      'its params': { ...call, body: { ...call.body, params: mark } },
      'a member more': { ...call, body: { ...call.body, more: mark } },
      'a parameter more': withParams({ more: mark }),
      'its tool': withParams({ name: mark }),
      _meta: withParams({ _meta: mark }),
      'a name more in _meta': meta({ more: mark }),
      'its protocol version': meta({ 'io.modelcontextprotocol/protocolVersion': mark }),
      'its capabilities': meta({ 'io.modelcontextprotocol/clientCapabilities': mark }),
      'the capabilities of initialize': aMessage(revision, 'initialize', { ...hello, capabilities: mark }),
      'the client of initialize': aMessage(revision, 'initialize', { ...hello, clientInfo: mark }),
      'the version of initialize': aMessage(revision, 'initialize', { ...hello, protocolVersion: mark }),
      'a log level': aMessage(revision, 'logging/setLevel', { level: mark }),
      'a cursor': aMessage(revision, 'tools/list', { cursor: mark }),
      'the address of a resource': aMessage(revision, 'resources/read', { uri: mark }),
      'the reason of a cancellation': aMessage(
        revision,
        'notifications/cancelled',
        { requestId: 1, reason: mark },
        null,
      ),
    };
    for (const [name, message] of Object.entries(messages)) await measure(name, mark, message as Message);

    expect(slow).toEqual([]);
  },
);
