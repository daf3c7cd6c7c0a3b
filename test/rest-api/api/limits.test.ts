import { placesOf, sampleOf, type JsonSchema } from '../../support/document/schema-places';
import { operationsOf, type Operation } from '../../support/document/operations';
import { startRest, type Rest } from '../../support/rest';
import { createTenantData, type Ids } from '../../support/tenant-data';

let rest: Rest;
let token: string;
let ids: Ids;
let operations: Operation[];

beforeAll(async () => {
  rest = await startRest();
  const caller = await rest.aTenant({ plan: 'custom', authoring: true });
  ids = await createTenantData(rest, caller, 'limits');
  token = rest.aMember(caller.id);
  operations = operationsOf(rest.document);
});
afterAll(() => rest.stop());

/** A value that breaks one limit of a schema, and the text that the refusal must contain. */
interface Breach {
  readonly value: unknown;
  readonly limit: string;
}

function breachesOf(schema: JsonSchema): Breach[] {
  const breaches: Breach[] = [];
  const add = (limit: unknown, value: unknown) => breaches.push({ value, limit: String(limit) });
  const { minLength, maxLength, minimum, maximum, minItems, maxItems, maxProperties, propertyNames } = schema;
  if (maxLength !== undefined) add(maxLength, 'a'.repeat(maxLength + 1));
  if (minLength !== undefined) add(minLength, 'a'.repeat(minLength - 1));
  if (maximum !== undefined) add(maximum, maximum + 1);
  if (minimum !== undefined) add(minimum, minimum - 1);
  const items = (count: number) => Array.from({ length: count }, () => sampleOf(schema.items ?? {}, ''));
  if (maxItems !== undefined) add(maxItems, items(maxItems + 1));
  if (minItems !== undefined) add(minItems, items(minItems - 1));
  for (const one of schema.enum ?? []) add(one, 'none of them');
  const names = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`x-${n}`, 'v']));
  if (maxProperties !== undefined) add(maxProperties, names(maxProperties + 1));
  if (propertyNames?.maxLength !== undefined)
    add(propertyNames.maxLength, { ['x'.repeat(propertyNames.maxLength + 1)]: 'v' });
  if (typeof schema.additionalProperties === 'object')
    for (const { value, limit } of breachesOf(schema.additionalProperties)) add(limit, { 'x-a': value });
  // An object has limits of its own only if it is the only choice.
  return [...breaches, ...(schema.anyOf ?? []).flatMap(breachesOf)];
}

async function detailsOf(operation: Operation, rawBody: string): Promise<string> {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name as keyof Ids]);
  const headers = { 'content-type': 'application/json' };
  const { status, body } = await rest.call(operation.method, path, { token, rawBody, headers });
  expect([operation.operationId, rawBody.slice(0, 200), status]).toEqual([
    operation.operationId,
    rawBody.slice(0, 200),
    422,
  ]);
  return [body.detail, ...body.errors.map(({ detail }: { detail: string }) => detail)].join(' ');
}

test('every limit that the description of the API states is in the words of the refusal, and no refusal says only that something is not valid', async () => {
  let breached = 0;
  const silent: string[] = [];
  for (const operation of operations) {
    const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
    if (schema === undefined) continue;
    for (const place of placesOf(schema)) {
      for (const { value, limit } of breachesOf(place.schema)) {
        breached += 1;
        const said = await detailsOf(operation, place.filled(JSON.stringify(value)));
        // 4,000 and 4000 are the same limit; 2,048 characters are said as such.
        const isSaid = said.replaceAll(',', '').includes(limit) && !said.includes('Not valid here');
        if (!isSaid) silent.push(`${operation.operationId} ${place.name}: ${limit} is not in "${said}"`);
      }
    }
  }

  expect(silent).toEqual([]);
  expect(breached).toBeGreaterThan(60);
});

test('every text, list and number that a request may contain has a limit in the description of the API', () => {
  /** Limited by its content, which is described in words only: the size of an input and of a payload is in bytes. */
  const unlimited = operations.flatMap((operation) => {
    const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
    return schema === undefined
      ? []
      : placesOf(schema)
          .filter((place) => !isLimited(place.schema))
          .map(({ name }) => `${operation.operationId} ${name}`);
  });

  expect(unlimited).toEqual([]);
});

function isLimited(schema: JsonSchema): boolean {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.every(isLimited);
  if (schema.const !== undefined || schema.enum !== undefined) return true;
  if (schema.type === 'string') return schema.maxLength !== undefined;
  if (schema.type === 'array') return schema.maxItems !== undefined;
  if (schema.type === 'integer' || schema.type === 'number') return schema.maximum !== undefined;
  return true;
}
