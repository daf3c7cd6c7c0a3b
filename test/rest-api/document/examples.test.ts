import { systemEventSchema } from '../../../functions/domain/endpoint/subscription';
import { newSigningSecret } from '../../../functions/domain/endpoint/signature';
import { attemptDelivery } from '../../support/attempted';
import { schemaJudge } from '../../e2e/schema-judge';
import { dereferenced } from '../../support/document/described';
import { operationsOf } from '../../support/document/operations';
import { startRest, type Rest } from '../../support/rest';
import { createTenantData, type Ids } from '../../support/tenant-data';

let rest: Rest;
let document: any;

beforeAll(async () => {
  rest = await startRest();
  document = rest.document;
});
afterAll(() => rest.stop());

/** What can only be done to what has ended, and what ends something, come last. */
const order = ['GET', 'PUT', 'PATCH', 'POST', 'DELETE'];

test('the example of every operation works, and its answer has the members of the example', async () => {
  const owner = await rest.aTenant({ plan: 'custom', authoring: true });
  const ids = await createTenantData(rest, owner, 'owner');
  const delivery = { tenantId: owner.id, deliveryId: ids.delivery_id, secret: newSigningSecret() };
  await attemptDelivery(rest, delivery, 'failed');
  const token = rest.aMember(owner.id);
  const operations = operationsOf(document).sort((a, b) => order.indexOf(a.method) - order.indexOf(b.method));

  for (const operation of operations) {
    const { status, body } = await sendExample(operation, ids, token);

    expect([operation.operationId, status < 300, status < 300 ? {} : body]).toEqual([operation.operationId, true, {}]);
    const { content } = dereferenced(document, (operation as any).responses[status]);
    const example = content?.['application/json'].example;
    expect([operation.operationId, membersOf(body)]).toEqual([operation.operationId, membersOf(example)]);
  }
  expect(operations.length).toBeGreaterThan(30);
});

test('the example of each event of the product is of that event', () => {
  for (const name of systemEventSchema.options) {
    const { content } = document.webhooks[name].post.requestBody;
    expect(content['application/json'].example.type).toBe(name);
  }
});

test('every example is valid by its own schema', () => {
  const judge = schemaJudge(document);
  const wrong: string[] = [];
  for (const [name, { examples = [] }] of Object.entries<any>(document.components.schemas)) {
    for (const example of examples) wrong.push(judge(['components', 'schemas', name], example));
  }
  for (const place of placesWithExample(document, [])) {
    const media = place.reduce((part, key) => part[key], document);
    wrong.push(judge([...place, 'schema'], media.example));
  }

  expect(wrong.filter((one) => one !== '')).toEqual([]);
  expect(wrong.length).toBeGreaterThan(100);
});

/** Places of a schema with an example beside it: of bodies, parameters and headers. */
function placesWithExample(part: any, place: string[]): string[][] {
  if (typeof part !== 'object' || part === null) return [];
  const own = part.example !== undefined && part.schema !== undefined ? [place] : [];
  const below = Object.entries(part).filter(([key]) => !['example', 'examples'].includes(key));
  return [...own, ...below.flatMap(([key, inner]) => placesWithExample(inner, [...place, key]))];
}

/** Sends what the document shows: its path, the query parameters that are required, and the body. */
function sendExample(operation: any, ids: Ids, token: string) {
  const query = new URLSearchParams();
  let path = operation.path;
  for (const { name, in: where, required, example } of operation.parameters) {
    if (where === 'query' && required) query.set(name, String(example));
    if (where === 'path') {
      expect([name, String(example).replace(/\w+$/, '')]).toEqual([name, (ids as any)[name].replace(/\w+$/, '')]);
      path = path.replace(`{${name}}`, (ids as any)[name]);
    }
  }
  const body = operation.requestBody?.content['application/json'].example;
  return rest.call(operation.method, `${path}?${String(query)}`, { token, ...(body !== undefined && { body }) });
}

function membersOf(value: any): unknown {
  return value === undefined || value === null ? value : Object.keys(value).sort();
}
