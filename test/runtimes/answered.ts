import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Context } from 'aws-lambda';
import { httpChain } from '../../functions/edge/http-chain';
import { aLog, aRecipe, aWebhookStep } from '../support/builders';
import { anEvent, type Call } from '../support/http-calls';
import { as } from '../support/permitted-writes';
import { startRest } from '../support/rest';
import { bodies, names, numbers, times } from './texts';

interface Answered {
  readonly answers: readonly string[];
  readonly rows: readonly string[];
  readonly openApi: readonly string[];
}

let made: Promise<Answered> | undefined;

/** What the REST API answered to typical and to odd requests, and what it stored. They are sent once in a process. */
export function answered(): Promise<Answered> {
  return (made ??= sendAll());
}

async function sendAll(): Promise<Answered> {
  const rest = await startRest();
  try {
    const chain = httpChain(rest.deps, rest.routes);
    const { token } = await rest.aTenant({ id: 'acme', cursor_key: Buffer.alloc(32, 7).toString('base64') });
    const answers: string[] = [];
    const send = async (method: string, target: string, call: Call = {}) => {
      const event = anEvent(method, target, { token, ...call });
      const { statusCode, body = '' } = await as('rest-api', () => chain(event, {} as Context));
      answers.push(withoutIds(`${method} ${target} ${statusCode} ${body}`));
      return body;
    };
    const json = { 'content-type': 'application/json' };

    for (const [at, name] of names.slice(0, 40).entries())
      await send('POST', '/api/v1/workflows', {
        body: {
          name,
          description: name.normalize('NFD'),
          recipe: aRecipe({
            steps: [aLog(`${name} {{input.n}}`), aWebhookStep({ payload: { [name]: at / 7, z: 1, a: 2 } })],
          }),
        },
      });
    for (const number of numbers)
      await send('POST', '/api/v1/workflows/1/runs', {
        rawBody: `{"input":{"n":${number},"ü":"${number}"}}`,
        headers: json,
      });
    for (const rawBody of bodies) {
      await send('POST', '/api/v1/workflows', { rawBody, headers: json });
      await send('POST', '/api/v1/workflows/1/runs', { rawBody, headers: json });
    }
    for (const url of [
      'https://Bücher.de/a^b?c^d',
      'https://xn--a.com/',
      'https://ｅｘａｍｐｌｅ.com/',
      'https://1.2.3.4.5/',
    ])
      await send('POST', '/api/v1/webhook-endpoints', {
        body: {
          url,
          events: ['*'],
          secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
          description: 'Grüße 👍',
        },
      });
    for (const time of times) await send('GET', `/api/v1/workflow-runs?created_after=${encodeURIComponent(time)}`);
    await send('GET', '/api/v1/workflows');

    const { Items: items = [] } = await rest.table.client.send(new ScanCommand({ TableName: rest.table.tableName }));
    const rows = items.map((item) => withoutIds(JSON.stringify(sorted(item)))).sort();
    return { answers, rows, openApi: JSON.stringify(rest.document).split(/(?<=,)/) };
  } finally {
    await rest.stop();
  }
}

/** What is drawn at random, and the numbers by which requests are told apart. */
const drawn: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/(?<![A-Za-z0-9])[0-9A-HJKMNP-TV-Z]{26}(?![A-Za-z0-9])/g, 'ULID'],
  [/\bep_[0-9a-z]{10}\b/g, 'ep_ID'],
  [/\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/g, 'UUID'],
  [/\b00-[\da-f]{32}-[\da-f]{16}-01\b/g, 'TRACE'],
  [/\b[\da-f]{64}\b/g, 'HASH'],
  [/\brequest-\d+\b/g, 'request'],
  [/"open_shard":"\d+"/g, '"open_shard":"SHARD"'],
];

function withoutIds(text: string): string {
  return drawn.reduce((left, [pattern, name]) => left.replaceAll(pattern, name), text);
}

function sorted(item: Record<string, unknown>): unknown {
  return Object.fromEntries(Object.entries(item).sort(([one], [other]) => (one < other ? -1 : 1)));
}
