import { deliveryKey } from '../../functions/aws/keys';
import { encodeCursor } from '../../functions/domain/cursor';
import type { Answer } from '../support/http-calls';
import { aRecipe } from '../support/builders';
import { operationsOf, type Operation } from '../support/document/operations';
import { startRest, type Rest } from '../support/rest';
import { overwrite } from '../support/table';
import { comparable, createPagedTenantData, withoutNames, type Ids } from '../support/tenant-data';

jest.setTimeout(60_000);

let rest: Rest;
let operations: Operation[];
let victim: { id: string; token: string };
let ids: Ids;

beforeAll(async () => {
  rest = await startRest();
  const { document } = rest;
  operations = operationsOf(document);
  ({ tenant: victim, ids } = await createTenantWithData('victim'));
});
afterAll(() => rest.stop());

/** Creates a tenant with the same numeric ids as the victim, so that only cursors and keys can differ. */
async function createTenantWithData(name: string) {
  const tenant = await rest.aTenant({ name });
  const made = await createPagedTenantData(rest, tenant, name);
  await overwrite(rest.table, deliveryKey(tenant.id, made.delivery_id), { status: 'failed' });
  return { tenant, ids: made };
}

const operationsWith = (place: string, name: string) =>
  operations.filter(({ parameters }) => parameters.some((one) => one.in === place && one.name === name));

function fill(path: string, subject: Ids): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: keyof Ids) => subject[name]);
}

describe('cursors', () => {
  const since = '2026-01-01T00:00:00.000Z';
  const queryOf = ({ operationId }: Operation) =>
    operationId === 'redeliverFailedWebhooks' ? `since=${since}` : 'limit=1';

  async function cursorOfVictim(operation: Operation): Promise<string> {
    if (operation.operationId === 'redeliverFailedWebhooks') {
      // This operation returns a cursor only after 1,000 failed deliveries.
      const { cursor_key: key } = (await rest.deps.tenants.get(victim.id))!;
      const filters = { endpointId: ids.endpoint_id, since };
      return encodeCursor({ tenantId: victim.id, list: 'redeliver-failed', filters, key }, ids.delivery_id);
    }
    const caller = { token: rest.aMember(victim.id) };
    const { body } = await rest.call(operation.method, `${fill(operation.path, ids)}?limit=1`, caller);
    expect(body.next_cursor).toEqual(expect.any(String));
    return body.next_cursor;
  }

  it('Every list of openapi.json refuses the victim’s cursor like one that was made up', async () => {
    const stranger = await createTenantWithData('stranger');
    const lists = operationsWith('query', 'cursor');
    expect(lists.length).toBeGreaterThanOrEqual(8);

    for (const operation of lists) {
      const cursor = await cursorOfVictim(operation);
      const madeUp = Buffer.from(cursor, 'base64url').map((byte) => byte ^ 1);
      const list = `${fill(operation.path, stranger.ids)}?${queryOf(operation)}`;
      for (const token of [stranger.tenant.token, rest.aMember(stranger.tenant.id)]) {
        const ask = async (text: string) =>
          comparable(await rest.call(operation.method, `${list}&cursor=${text}`, { token }));

        const foreign = await ask(cursor);

        expect(foreign).toEqual(await ask(Buffer.from(madeUp).toString('base64url')));
        if (/Token|ConnectedApp/.test(operation.operationId) && token === stranger.tenant.token) continue;
        expect(foreign).toMatchObject({
          status: 422,
          body: { errors: [{ parameter: 'cursor', code: 'invalid_cursor' }] },
        });
      }
    }
  });
});

describe('idempotency keys', () => {
  const bodies: Record<string, unknown> = {
    triggerRun: { input: { a: 1 } },
    rerunRun: { version: 'same' },
    cancelRun: {},
    createWorkflow: { name: 'Spring Promo', recipe: aRecipe() },
    createToken: { name: 'CI', kind: 'pat' },
    createWebhookEndpoint: { url: 'https://hooks.example.com/in', events: ['*'] },
    rotateWebhookSecret: {},
    expirePreviousSecret: {},
    testWebhookEndpoint: {},
    redeliverWebhook: {},
    redeliverFailedWebhooks: {},
  };
  const queries: Record<string, string> = { redeliverFailedWebhooks: '?since=2026-01-01T00:00:00Z&confirm=true' };

  it('The table of this test has every operation with an idempotency key', () => {
    expect(
      operationsWith('header', 'Idempotency-Key')
        .map(({ operationId }) => operationId)
        .sort(),
    ).toEqual(Object.keys(bodies).sort());
  });

  /** Each sends all requests, one with the victim's keys, the other with unused ones, as the victim sends its own. */
  let strangers: readonly Awaited<ReturnType<typeof createTenantWithData>>[];
  beforeAll(async () => {
    strangers = [await createTenantWithData('stranger'), await createTenantWithData('stranger')];
    // They then have runs with the same numbers as the victim's.
    for (const { tenant } of strangers)
      for (let n = 0; n < 4; n += 1) await rest.call('POST', '/api/v1/workflows/3/runs', { token: tenant.token });
  });

  it.each(Object.keys(bodies))('%s treats a key of the victim like an unused one', async (name) => {
    const operation = operations.find(({ operationId }) => operationId === name)!;
    const send = async (subject: { id: string; ids: Ids }, key: string): Promise<Answer> =>
      rest.call(operation.method, fill(operation.path, subject.ids) + (queries[name] ?? ''), {
        // Members may call each of these.
        token: rest.aMember(subject.id),
        headers: { 'idempotency-key': key },
        body: bodies[name],
      });
    const used = await send({ ...victim, ids }, `used for ${name}`);
    expect(used.status).toBeLessThan(300);

    const answers = [];
    for (const [index, key] of [`used for ${name}`, `never used for ${name}`].entries()) {
      const stranger = strangers[index]!;
      const answer = await send({ ...stranger.tenant, ids: stranger.ids }, key);
      answers.push(withoutNames(comparable(answer), stranger.tenant.id));
    }

    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]!.status).toBe(used.status);
    expect(answers[0]!.headers).not.toHaveProperty('idempotent-replayed');
    // The victim can still use the key.
    const replayed = await send({ ...victim, ids }, `used for ${name}`);
    expect(replayed.headers).toMatchObject({ 'idempotent-replayed': 'true' });
  });
});

describe('tenants', () => {
  it('A token belongs to its own tenant, whatever tenant a header names', async () => {
    const { tenant } = await createTenantWithData('stranger');
    const readings = operations.filter(({ method, path }) => method === 'GET' && !path.includes('{'));

    for (const { method, path } of readings) {
      const ask = (named: Record<string, string>) => rest.call(method, path, { token: tenant.token, headers: named });
      const plain = comparable(await ask({}));

      expect(comparable(await ask({ 'x-tenant-id': victim.id }))).toEqual(plain);
      expect(comparable(await ask({ 'x-tenant-id': 'never-was' }))).toEqual(plain);
      expect(JSON.stringify(plain)).not.toContain('victim');
    }
  });
});
