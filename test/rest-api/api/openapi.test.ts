import { Validator } from '@seriousme/openapi-schema-validator';
import { productVersion } from '../../../functions/contract/version';
import { stepTypeSchema } from '../../../functions/domain/workflow/recipe';
import { aRecipe } from '../../support/builders';
import { startRest, type Rest } from '../../support/rest';

let rest: Rest;
let document: any;

beforeAll(async () => {
  rest = await startRest();
  document = (await rest.call('GET', '/api/v1/openapi.json')).body;
});

afterAll(() => rest.stop());

const operations = () =>
  Object.entries<any>(document.paths).flatMap(([path, methods]) =>
    Object.entries<any>(methods).map(([method, operation]) => ({ path, method, operation })),
  );

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

  it('lists exactly the routes that are served', () => {
    const served = rest.routes.map(({ method, path }) => `${method} ${path}`).sort();

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
      const inPath = operation.parameters.filter((one: any) => one.in === 'path').map(({ name }: any) => name);
      expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    }
  });

  it('describes every refusal as a problem, and 401 and 403 for every guarded route', () => {
    for (const { operation } of operations()) {
      const refusals = Object.entries<any>(operation.responses).filter(([status]) => Number(status) >= 400);
      const guarded = operation.security.length > 0;
      for (const [, { content }] of guarded ? refusals : []) {
        expect(content['application/problem+json'].schema.$ref).toBe('#/components/schemas/Problem');
      }
      const statuses = refusals.map(([status]) => status);
      expect([statuses.includes('401'), statuses.includes('403')]).toEqual([guarded, guarded]);
    }
  });

  it('describes no problem of a public operation, which only what is in front of the product refuses', () => {
    const open = operations().filter(({ operation }) => operation.security.length === 0);

    expect(open.map(({ operation }) => operation.operationId)).toEqual(['getHealth', 'getOpenApi', 'getReference']);
    for (const { operation } of open) expect(Object.keys(operation.responses)).toEqual(['200', '429']);
  });

  it('groups each operation by one of its tags, and each tag has operations', () => {
    const names = document.tags.map(({ name }: any) => name);
    const used = operations().map(({ operation }) => operation.tags);

    for (const tagsOfOne of used) expect(names).toEqual(expect.arrayContaining(tagsOfOne));
    expect(used.flat()).toHaveLength(operations().length);
    expect(new Set(used.flat())).toEqual(new Set(names));
    const { tags: ofTrigger } = document.paths['/api/v1/workflows/{workflow_id}/runs'].post;
    expect(ofTrigger).toEqual(['Runs']);
  });

  it('says that an event is listed once in the subscriptions of an endpoint', () => {
    for (const [path, method] of [
      ['/api/v1/webhook-endpoints', 'post'],
      ['/api/v1/webhook-endpoints/{endpoint_id}', 'patch'],
    ] as const) {
      const { schema } = document.paths[path][method].requestBody.content['application/json'];
      expect(schema.properties.events).toMatchObject({ minItems: 1, maxItems: 50, uniqueItems: true });
    }
  });

  it('describes what a client needs to write a recipe', () => {
    const { schema } = document.paths['/api/v1/workflows'].post.requestBody.content['application/json'];
    const { steps, continue_on_error } = schema.properties.recipe.properties;

    expect(continue_on_error.type).toBe('boolean');
    expect(steps).toMatchObject({ minItems: 1, maxItems: 50 });
    const byType = Object.fromEntries(
      steps.items.oneOf.map(({ properties }: any) => [properties.type.const, properties]),
    );
    expect(Object.keys(byType)).toEqual(stepTypeSchema.options);
    expect(stepTypeSchema.options.filter((type) => !document.info.description.includes(type))).toEqual([]);
    expect(byType.delay.seconds).toMatchObject({ type: 'integer', minimum: 1, maximum: 30 });
    expect(byType.fire_webhook_event.payload).toMatchObject({ type: 'object', additionalProperties: true });
  });

  it('describes query parameters with their types and ranges', () => {
    const parameters = Object.fromEntries(
      document.paths['/api/v1/workflow-runs'].get.parameters.map((one: any) => [one.name, one]),
    );

    expect(parameters.limit.schema).toEqual({ type: 'integer', minimum: 1, maximum: 100, default: 25 });
    expect(parameters.workflow_id.schema).toEqual({ type: 'integer', minimum: 1, maximum: 9_999_999_999 });
    expect(parameters.created_from.schema).toEqual({
      type: 'string',
      format: 'date-time',
      description: 'Only runs created at this time or later.',
    });
    expect(parameters.created_after.schema.description).toBe('Only runs created later than this time.');
    expect(parameters.status.schema.enum).toEqual(['queued', 'running', 'succeeded', 'failed', 'cancelled']);
  });

  it.each([
    [9_999_999_999, 200],
    [10_000_000_000, 422],
  ])('an id in a query parameter is at most as large as it says: %d is answered with %d', async (id, status) => {
    const { token } = await rest.aTenant({ plan: 'custom' });

    expect(await rest.call('GET', `/api/v1/workflow-runs?workflow_id=${id}`, { token })).toMatchObject({ status });
  });

  it('has the Idempotency-Key exactly where it is supported', () => {
    const heard = operations()
      .filter(({ operation }) => operation.parameters.some(({ name }: any) => name === 'Idempotency-Key'))
      .map(({ operation }) => operation.operationId);

    expect(heard).toEqual(expect.arrayContaining(['triggerRun', 'rerunRun', 'createWebhookEndpoint']));
  });

  it('may be cached and needs no token', async () => {
    const answer = await rest.call('GET', '/api/v1/openapi.json');

    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'public, max-age=300' },
    });
  });
});

describe('the reference page', () => {
  it('is a page without scripts that shows every operation and explains every error code', async () => {
    const answer = await rest.call('GET', '/api/v1/reference');
    const page = String(answer.body);

    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script/i);
    for (const { path, operation } of operations()) {
      expect(page).toContain(`id="${operation.operationId}"`);
      expect(page).toContain(path);
    }
    for (const code of document.components.schemas.Problem.properties.code.enum) {
      expect(page).toContain(`<tr id="${code}">`);
    }
  });

  it('is where the type of a problem links to', async () => {
    const { body } = await rest.call('GET', '/api/v1/me');
    const { origin, pathname, hash } = new URL(body.type);
    const page = await rest.call('GET', pathname);

    expect(origin).toBe(rest.deps.origin);
    expect(page.body).toContain(`id="${hash.slice(1)}"`);
  });
});

it('openapi.json describes every key of a recipe that the API accepts', () => {
  const { schema } = document.paths['/api/v1/recipes/validate'].post.requestBody.content['application/json'];

  expect(schema.additionalProperties).toBe(false);
  expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(Object.keys(aRecipe())));
});
