import dynalite from 'dynalite';
import { buildSync } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { MessageChannel } from 'node:worker_threads';
import { loadHandler } from '../../local/lambda/load-handler';
import { askThrough } from '../../local/wire/ask-wire';
import { serveWire } from '../../local/wire/serve-wire';
import { createTable } from '../support/engines';

/** Nothing listens at this port, so whoever uses the network is refused. */
const endpoint = 'http://127.0.0.1:1';

const source = `
  import * as dynamodb from '@aws-sdk/client-dynamodb';
  import { request } from 'node:http';
  const client = new dynamodb.DynamoDBClient({
    maxAttempts: 1,
    requestHandler: { requestTimeout: Number(process.env.REQUEST_TIMEOUT), throwOnRequestTimeout: true },
  });
  export const ask = ({ command, input }) => client.send(new dynamodb[command](input));
  export const visit = (options) => new Promise((resolve, reject) => {
    request(options, (response) => response.on('data', (data) => resolve(data.toString()))).on('error', reject).end();
  });
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-wire-'));
  buildSync({
    stdin: { contents: source, resolveDir: join(__dirname, '../..') },
    outfile: join(folder, 'index.js'),
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    supported: { 'dynamic-import': false },
    logLevel: 'error',
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open: (() => void)[] = [];
afterEach(() => open.splice(0).forEach((close) => close()));

/** A function of its own bundle, wired to a listener. */
function aFunction(exportName: 'ask' | 'visit', listen: RequestListener, requestTimeoutMs = 30_000) {
  const { port1, port2 } = new MessageChannel();
  open.push(() => port1.close());
  serveWire(port1, listen);
  return loadHandler(join(folder, 'index.js'), exportName, {
    environment: {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      REQUEST_TIMEOUT: String(requestTimeoutMs),
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    log: new Writable({ write: (_chunk, _encoding, done) => done() }),
    wire: { endpoint, ask: askThrough(port2) },
  });
}

async function withTable() {
  const ask = aFunction('ask', dynalite({ createTableMs: 0 }).listeners('request')[0] as RequestListener);
  const send = (command: string, input: unknown) => ask({ command, input }, {}) as Promise<Record<string, unknown>>;
  await send('CreateTableCommand', createTable('Runs').input);
  await new Promise((resolve) => setTimeout(resolve, 1));
  return send;
}

describe('a function that is wired to the table', () => {
  const Item = { pk: { S: 'TENANT#acme' }, sk: { S: 'RUN#1' }, message: { S: 'Grüße, 世界 🎉' } };
  const Key = { pk: Item.pk, sk: Item.sk };

  it('writes and reads without the network', async () => {
    const send = await withTable();

    await send('PutItemCommand', { TableName: 'Runs', Item });

    expect(await send('GetItemCommand', { TableName: 'Runs', Key })).toMatchObject({ Item });
  });

  it('is refused as over the network', async () => {
    const send = await withTable();
    const put = { TableName: 'Runs', Item, ConditionExpression: 'attribute_exists(pk)' };

    await expect(send('PutItemCommand', put)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('gets every answer for its own question, whatever their order', async () => {
    const answers: (() => void)[] = [];
    const ask = aFunction('ask', (request, response) => {
      request.on('data', (body: Buffer) => {
        const { Key: key } = JSON.parse(body.toString());
        answers.unshift(() => response.end(JSON.stringify({ Item: key })));
        if (answers.length === 2) answers.forEach((answer) => answer());
      });
    });
    const get = (sk: string) =>
      ask({ command: 'GetItemCommand', input: { TableName: 'Runs', Key: { pk: { S: 'p' }, sk: { S: sk } } } }, {});

    const answered = await Promise.all([get('first'), get('second')]);

    expect(answered).toMatchObject([{ Item: { sk: { S: 'first' } } }, { Item: { sk: { S: 'second' } } }]);
  });

  it('stops waiting after its time, and a late answer changes nothing', async () => {
    const late: (() => void)[] = [];
    const ask = aFunction('ask', (_request, response) => void late.push(() => response.end('{}')), 50);

    const asked = ask({ command: 'GetItemCommand', input: { TableName: 'Runs', Key } }, {});

    await expect(asked).rejects.toMatchObject({ name: 'TimeoutError' });
    late.forEach((answer) => answer());
  });

  it('reaches every other address over the network', async () => {
    const server = createServer((_request, response) => response.end('from the network')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    open.push(() => server.close());
    const visit = aFunction('visit', () => undefined);
    const { port } = server.address() as AddressInfo;

    expect(await visit({ host: '127.0.0.1', port }, {})).toBe('from the network');
  });
});
