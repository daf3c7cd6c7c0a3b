import type { Context } from 'aws-lambda';
import { httpChain } from '../../functions/edge/http-chain';
import { anEvent, type Call } from '../support/http-calls';
import { operationsOf, type Operation } from '../support/document/operations';
import { startRest, type Rest } from '../support/rest';
import { createTenantData, type Ids } from '../support/tenant-data';
import { maxRatio, ownCpuMeter, ratioToParser } from './own-cpu';
import { placesOf } from '../support/document/schema-places';
import { worstHeaders, worstQueries } from './worst-request-lines';
import { kindsInTurn } from './worst-values';

jest.setTimeout(400_000);

const meter = ownCpuMeter();
let rest: Rest;
let operations: Operation[];
let idToken: string;
let ids: Ids;
let serve: ReturnType<typeof httpChain>;
let slow: string[];

beforeAll(async () => {
  rest = await startRest(meter.through);
  operations = operationsOf(rest.document);
  const caller = await rest.aTenant({ plan: 'custom', authoring: true });
  ids = await createTenantData(rest, caller, 'worst');
  idToken = rest.aMember(caller.id);
  serve = httpChain(rest.deps, rest.routes);
});
beforeEach(() => {
  slow = [];
});
afterAll(() => rest.stop());

const targetOf = ({ path }: Operation) => path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name as keyof Ids]);

/** Sends a request and notes it if it costs more than ten times what parsing `json` does. */
async function measure(what: string, { method }: Operation, target: string, call: Call, json: string): Promise<void> {
  const event = anEvent(method, target, { token: idToken, ...call });
  const ratio = await ratioToParser(meter, json, () => serve(event, {} as Context));
  if (ratio > maxRatio) slow.push(`${what}: ${ratio.toFixed(1)}`);
}

test('no body of any route costs more than ten times the CPU of parsing it', async () => {
  const measured = new Set<string>();
  const kindsFor = kindsInTurn();
  for (const operation of operations.filter(({ method }) => method !== 'GET' && method !== 'DELETE')) {
    const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema ?? {};
    for (const { name, filled } of placesOf(schema)) {
      // The same code checks the inner places of a recipe or an endpoint, whichever route it is sent to.
      const inner = name.replace('/recipe', '');
      if (inner.split('/').length > 2 && measured.has(inner)) continue;
      measured.add(inner);
      for (const [kind, value] of kindsFor(name === 'the whole')) {
        const rawBody = filled(value);
        const headers = { 'content-type': 'application/json', 'idempotency-key': 'worst' };
        await measure(
          `${operation.operationId} ${name}, ${kind}`,
          operation,
          targetOf(operation),
          { rawBody, headers },
          rawBody,
        );
      }
    }
  }

  expect(slow).toEqual([]);
});

test('no query or path of any route costs more than ten times the CPU of parsing the same parameters as JSON', async () => {
  for (const operation of operations) {
    const known = operation.parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name);
    for (const [kind, query] of Object.entries(worstQueries(known))) {
      const json = JSON.stringify([...new URLSearchParams(query)]);
      await measure(`${operation.operationId}, ${kind}`, operation, `${targetOf(operation)}?${query}`, {}, json);
    }
    const longPath = operation.path.replace(/\{\w+\}/g, '9'.repeat(9000));
    await measure(`${operation.operationId}, a long id`, operation, longPath, {}, JSON.stringify(longPath));
  }

  expect(slow).toEqual([]);
});

test('no headers cost more than ten times the CPU of parsing them as JSON', async () => {
  for (const operation of operations) {
    for (const [kind, headers] of Object.entries(worstHeaders)) {
      const call = { headers: { 'content-type': 'application/json', ...headers }, rawBody: '{}' };
      await measure(`${operation.operationId}, ${kind}`, operation, targetOf(operation), call, JSON.stringify(headers));
    }
  }

  expect(slow).toEqual([]);
});
