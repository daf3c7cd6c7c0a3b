import { Validator } from '@seriousme/openapi-schema-validator';
import { productVersion } from '../../../functions/contract/version';
import { errorCodes } from '../../../functions/domain/errors';
import { stepTypeSchema } from '../../../functions/domain/workflow/recipe';
import { documentOperations } from '../../../functions/rest-api/document/files';
import { pathWords, queryWords } from '../../../functions/rest-api/document/words/parameters';
import { dereferenced, resolved } from '../../support/document/described';
import { startRest, type Rest } from '../../support/rest';

let rest: Rest;
let document: any;

beforeAll(async () => {
  rest = await startRest();
  document = JSON.parse(JSON.stringify(rest.document));
});

afterAll(() => rest.stop());

const operations = () =>
  Object.entries<any>(document.paths).flatMap(([path, methods]) =>
    Object.entries<any>(methods).map(([method, operation]) => ({ path, method, operation })),
  );
const parametersOf = (operation: any) => operation.parameters.map((one: any) => resolved(document, one));
const schemas = () => Object.entries<any>(document.components.schemas);

/** Every schema of the document with its place, also those inside others. */
function placesOfSchemas(): [string, any][] {
  const found: [string, any][] = [];
  const walk = (schema: any, place: string) => {
    if (typeof schema !== 'object' || schema === null) return;
    found.push([place, schema]);
    for (const [name, inner] of Object.entries(schema.properties ?? {})) walk(inner, `${place}.${name}`);
    for (const keyword of ['items', 'additionalProperties', 'propertyNames'])
      walk(schema[keyword], `${place} ${keyword}`);
    for (const keyword of ['allOf', 'anyOf', 'oneOf'])
      (schema[keyword] ?? []).forEach((inner: any, index: number) => walk(inner, `${place} ${keyword} ${index}`));
  };
  for (const [name, schema] of schemas()) walk(schema, name);
  for (const { operation } of operations()) {
    const contents = [operation.requestBody, ...Object.values<any>(operation.responses)].map(
      (one) => one?.content ?? {},
    );
    for (const content of contents)
      for (const { schema } of Object.values<any>(content)) walk(schema, operation.operationId);
    for (const { name, schema } of parametersOf(operation)) walk(schema, `${operation.operationId} ${name}`);
  }
  return found;
}

describe('openapi.json', () => {
  it('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(structuredClone(document));

    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  it('has the version of the release', () => {
    expect(document.info.version).toBe(productVersion);
  });

  it('lists exactly the routes that are served, and its own files', () => {
    const served = [...rest.routes, ...documentOperations].map(({ method, path }) => `${method} ${path}`).sort();

    expect(
      operations()
        .map(({ method, path }) => `${method.toUpperCase()} ${path}`)
        .sort(),
    ).toEqual(served);
  });

  it('has a unique id for each operation and a description for each path parameter', () => {
    const names = operations().map(({ operation }) => operation.operationId);

    expect(new Set(names).size).toBe(names.length);
    for (const { path, operation } of operations()) {
      const inPath = parametersOf(operation).filter((one: any) => one.in === 'path');
      expect(inPath.map(({ name }: any) => name)).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    }
  });

  it('describes every refusal as a problem, and 401 and 403 for every guarded route', () => {
    for (const { operation } of operations()) {
      const refusals = Object.entries<any>(operation.responses).filter(([status]) => Number(status) >= 400);
      const guarded = operation.security.length > 0;
      for (const [, response] of guarded ? refusals : []) {
        const { content } = resolved(document, response);
        expect(content['application/problem+json'].schema.$ref).toBe('#/components/schemas/Problem');
      }
      const statuses = refusals.map(([status]) => status);
      expect([statuses.includes('401'), statuses.includes('403')]).toEqual([guarded, guarded]);
    }
  });

  it('describes no problem of a public operation, which only what is in front of the product refuses', () => {
    const open = operations().filter(({ operation }) => operation.security.length === 0);

    expect(open.map(({ operation }) => operation.operationId)).toEqual(['getHealth', 'getOpenApi', 'getReference']);
    for (const { operation } of open) expect(Object.keys(operation.responses)).toEqual(['200', '304', '429']);
  });

  it('groups each operation by one of its tags, and each tag has operations', () => {
    const names = document.tags.map(({ name }: any) => name);
    const webhooks = Object.values<any>(document.webhooks).map(({ post }) => post.tags);
    const used = [...operations().map(({ operation }) => operation.tags), ...webhooks];

    for (const tagsOfOne of used) expect([tagsOfOne.length, names]).toEqual([1, expect.arrayContaining(tagsOfOne)]);
    expect(new Set(used.flat())).toEqual(new Set(names));
    const { tags: ofTrigger } = document.paths['/api/v1/workflows/{workflow_id}/runs'].post;
    expect(ofTrigger).toEqual(['Runs']);
  });

  it('names every code of a refusal', () => {
    expect(document.components.schemas.ErrorCode['x-extensible-enum']).toEqual(errorCodes);
  });
});

describe('the schemas of openapi.json', () => {
  const names = [
    ...[
      'Workflow',
      'WorkflowDetail',
      'Recipe',
      'Step',
      'Run',
      'RunDetail',
      'RunStep',
      'Endpoint',
      'Delivery',
      'Attempt',
    ],
    ...['Token', 'AuditEvent', 'Usage', 'Me', 'Problem'],
  ];

  it('have names, by which operations refer to them', () => {
    const inline = placesOfSchemas().filter(
      ([place, { properties }]) => !/^[A-Z]/.test(place) && properties !== undefined,
    );

    expect(schemas().map(([name]) => name)).toEqual(expect.arrayContaining(names));
    expect(inline.map(([place]) => place)).toEqual(['getOpenApi']);
  });

  it('describe each of their members and each parameter', () => {
    const members = placesOfSchemas().flatMap(([place, { properties = {} }]) =>
      Object.entries<any>(properties).map(([name, { description }]) => [`${place}.${name}`, description]),
    );
    const parameters = operations().flatMap(({ operation }) =>
      parametersOf(operation).map(({ name, description }: any) => [`${operation.operationId} ${name}`, description]),
    );
    const described = [...members, ...parameters, ...schemas().map(([name, { description }]) => [name, description])];

    expect(described.filter(([place, text]) => !/\w.*\.$/.test(text ?? '') && place !== 'getOpenApi.openapi')).toEqual(
      [],
    );
  });

  it('describe no parameter that no operation has', () => {
    const used = operations().flatMap(({ operation }) =>
      parametersOf(operation).flatMap(({ name }: any) => [name, `${operation.operationId}.${name}`]),
    );

    expect(Object.keys({ ...pathWords, ...queryWords }).filter((name) => !used.includes(name))).toEqual([]);
  });

  it('say of every time that it is one', () => {
    const times = placesOfSchemas().filter(([place]) => /[._](at|until|since|timestamp)$/.test(place));

    expect(times.length).toBeGreaterThan(30);
    expect(times.filter(([, { format }]) => format !== 'date-time').map(([place]) => place)).toEqual([]);
  });

  it('admit members in responses that a later release adds, and refuse unknown ones in requests', () => {
    const closed = placesOfSchemas().filter(([, { additionalProperties }]) => additionalProperties === false);
    const inRequests = new Set(
      operations().flatMap(({ operation }) => {
        const schema = operation.requestBody?.content['application/json'].schema;
        return schema === undefined ? [] : closedIn(schema);
      }),
    );

    expect(new Set(closed.map(([place]) => place))).toEqual(inRequests);
  });

  /** The names of the schemas of a request that are objects with members of ours. */
  function closedIn(schema: any): string[] {
    if (typeof schema !== 'object' || schema === null) return [];
    const inner = Object.values(resolved(document, schema)).flatMap((part) =>
      Array.isArray(part) ? part.flatMap(closedIn) : closedIn(part),
    );
    const own = resolved(document, schema);
    return schema.$ref !== undefined && own.properties !== undefined
      ? [schema.$ref.split('/').at(-1), ...inner]
      : inner;
  }

  it('bound no number by what a double holds', () => {
    expect(JSON.stringify(document)).not.toContain(String(Number.MAX_SAFE_INTEGER));
  });

  it('require a body exactly where the API refuses an empty one', async () => {
    const { id } = await rest.aTenant({ plan: 'custom', authoring: true });
    const token = rest.aMember(id);
    for (const { path, method, operation } of operations()) {
      const { requestBody } = operation;
      if (requestBody === undefined) continue;
      const target = path.replace(/\{\w+\}/g, '1');
      const { status, body } = await rest.call(method.toUpperCase(), `${target}?since=2026-01-01T00:00:00Z`, { token });

      const asked = status === 422 && body.errors.some(({ pointer }: any) => pointer?.startsWith('#'));
      expect([operation.operationId, asked]).toEqual([operation.operationId, requestBody.required]);
    }
  });

  it('describe what a client needs to write a recipe', () => {
    const { continue_on_error, steps } = dereferenced(document, document.components.schemas.Recipe).properties;

    expect(continue_on_error.type).toBe('boolean');
    expect(steps).toMatchObject({ minItems: 1, maxItems: 50 });
    const byType = Object.fromEntries(
      steps.items.oneOf.map(({ properties }: any) => [properties.type.const, properties]),
    );
    expect(Object.keys(byType)).toEqual(stepTypeSchema.options);
    expect(Object.keys(steps.items.discriminator.mapping)).toEqual(stepTypeSchema.options);
    expect(stepTypeSchema.options.filter((type) => !document.info.description.includes(type))).toEqual([]);
    expect(byType.delay.seconds).toMatchObject({ type: 'integer', minimum: 1, maximum: 30 });
    expect(byType.fire_webhook_event.payload).toMatchObject({ type: 'object', additionalProperties: true });
  });

  it('say that an event is listed once in the subscriptions of an endpoint', () => {
    for (const name of ['EndpointWrite', 'EndpointPatch']) {
      const { events } = document.components.schemas[name].properties;
      expect(events).toMatchObject({ minItems: 1, maxItems: 50, uniqueItems: true });
    }
  });
});

describe('the parameters of openapi.json', () => {
  it('have types and ranges', () => {
    const parameters = Object.fromEntries(
      parametersOf(document.paths['/api/v1/workflow-runs'].get).map((one: any) => [
        one.name,
        dereferenced(document, one),
      ]),
    );

    expect(parameters.limit.schema).toEqual({ type: 'integer', minimum: 1, maximum: 100, default: 25 });
    expect(parameters.workflow_id.schema).toMatchObject({ type: 'integer', minimum: 1, maximum: 9_999_999_999 });
    expect(parameters.created_from).toMatchObject({
      schema: { type: 'string', format: 'date-time' },
      description: 'Only runs created at this time or later.',
    });
    expect(parameters.created_after.description).toBe('Only runs created later than this time.');
    expect(parameters.status.schema.enum).toEqual(['queued', 'running', 'succeeded', 'failed', 'cancelled']);
  });

  it.each([
    [9_999_999_999, 200],
    [10_000_000_000, 422],
  ])('an id is at most as large as it says: %d is answered with %d', async (id, status) => {
    const { token } = await rest.aTenant({ plan: 'custom' });

    expect(await rest.call('GET', `/api/v1/workflow-runs?workflow_id=${id}`, { token })).toMatchObject({ status });
  });

  it('have the Idempotency-Key exactly where it is taken', () => {
    const heard = operations()
      .filter(({ operation }) => parametersOf(operation).some(({ name }: any) => name === 'Idempotency-Key'))
      .map(({ operation }) => operation.operationId);

    expect(heard).toEqual(rest.routes.filter(({ idempotent }) => idempotent).map(({ operationId }) => operationId));
  });

  it('name the tenant wherever a member may call', () => {
    for (const { operation } of operations()) {
      const isNamed = parametersOf(operation).some(({ name }: any) => name === 'X-Tenant-Id');
      expect([operation.operationId, isNamed]).toEqual([operation.operationId, operation.security.length > 0]);
    }
  });
});
