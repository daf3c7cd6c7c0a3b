import { deliveryKey } from '../../../functions/aws/keys';
import { endpointStore } from '../../../functions/aws/endpoint/endpoints';
import { noon } from '../../support/builders';
import { startRest, type Rest } from '../../support/rest';
import { overwrite } from '../../support/table';

let rest: Rest;
let tenantId: string;
let manager: string;

beforeAll(async () => (rest = await startRest()));
afterAll(() => rest.stop());
beforeEach(async () => {
  rest.clock.set(noon);
  rest.queued.length = 0;
  ({ id: tenantId } = await rest.aTenant());
  manager = rest.aMember(tenantId);
});

const endpoints = '/api/v1/webhook-endpoints';
const deliveries = '/api/v1/webhook-deliveries';
const url = 'https://hooks.example.com/in?key=querysecret';
const headers = { Authorization: 'Bearer headersecret', 'X-Key': 'keysecret' };
const hidden = { authorization: null, 'x-key': null };

const send = (method: string, path: string, body?: unknown, token = manager) =>
  rest.call(method, path, { token, ...(body !== undefined && { body }) });
const register = (more: object = {}) => send('POST', endpoints, { url, events: ['*'], headers, ...more });
const storedHeaders = async (id: string) => (await endpointStore(rest.table).get(tenantId, id))?.headers;

/** A delivery with an attempt as an earlier release stored it. */
async function anAttempt(endpointId: string): Promise<string> {
  const { body } = await send('POST', `${endpoints}/${endpointId}/test`, {});
  const attempt = {
    ...{ number: 1, trigger: 'test', at: noon.toISOString(), duration_ms: 1, url, address: null, error: null },
    request_headers: { authorization: 'Bearer headersecret', 'x-key': 'keysecret', 'webhook-id': body.id },
    ...{ response_status: 200, response_excerpt: null },
  };
  await overwrite(rest.table, deliveryKey(tenantId, body.id), { attempts: [attempt], attempts_made: 1 });
  return body.id;
}

describe('the values of custom headers', () => {
  test('are in no answer, only their names', async () => {
    const created = await register();
    const id = created.body.id;
    const answers = [
      created,
      await send('GET', `${endpoints}/${id}`),
      await send('PATCH', `${endpoints}/${id}`, { description: 'ours' }),
      await send('POST', `${endpoints}/${id}/rotate-secret`, {}),
    ];

    for (const { body } of answers) expect(body.headers).toEqual(hidden);
    expect((await send('GET', endpoints)).body.data[0].headers).toEqual(hidden);
    expect(await storedHeaders(id)).toEqual({ authorization: 'Bearer headersecret', 'x-key': 'keysecret' });
  });

  test('are hidden in the attempts of earlier releases, which stored them', async () => {
    const id = await anAttempt((await register()).body.id);

    const { body } = await send('GET', `${deliveries}/${id}`);

    expect(body.request.headers).toEqual({ ...hidden, 'webhook-id': id });
    expect(body.attempts[0].request_headers).toEqual({ ...hidden, 'webhook-id': id });
    expect(JSON.stringify(body)).not.toMatch(/headersecret|keysecret/);
  });

  test('stay when the headers are sent back as they were shown, and go when a name is left out', async () => {
    const { id } = (await register()).body;

    await send('PATCH', `${endpoints}/${id}`, { headers: { Authorization: null, 'X-New': 'n' } });

    expect(await storedHeaders(id)).toEqual({ authorization: 'Bearer headersecret', 'x-new': 'n' });
  });

  test('cannot be kept where there are none', async () => {
    const { id } = (await register()).body;

    const changed = await send('PATCH', `${endpoints}/${id}`, { headers: { 'X/Other': 'v', constructor: null } });
    const unknown = await send('PATCH', `${endpoints}/${id}`, { headers: { 'x-other': null } });
    const created = await register({ headers: { 'x-other': null } });

    expect(changed.status).toBe(422);
    expect(unknown).toMatchObject({
      status: 422,
      body: { code: 'invalid_request', errors: [{ pointer: '#/headers/x-other', code: 'unknown_header' }] },
    });
    expect(created).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/headers/x-other' }] } });
    expect(Object.keys((await storedHeaders(id))!)).toEqual(['authorization', 'x-key']);
  });
});

describe('the query of a URL', () => {
  const masked = 'https://hooks.example.com/in?***';

  async function shown(token: string, endpointId: string, deliveryId: string): Promise<unknown[]> {
    const read = async (path: string) => (await send('GET', path, undefined, token)).body;
    const delivery = await read(`${deliveries}/${deliveryId}`);
    return [
      (await read(`${endpoints}/${endpointId}`)).url,
      (await read(endpoints)).data[0].url,
      (await read(deliveries)).data[0].url,
      delivery.url,
      delivery.attempts[0].url,
    ];
  }

  test('is shown to those only who may change the endpoint', async () => {
    const endpointId = (await register()).body.id;
    const deliveryId = await anAttempt(endpointId);
    const readers = {
      manager,
      writer: await rest.aToken(tenantId, { scopes: ['webhooks:read', 'webhooks:write'] }),
      viewer: rest.aMember(tenantId, ['viewer']),
      reader: await rest.aToken(tenantId, { scopes: ['webhooks:read'] }),
    };

    for (const reader of [readers.manager, readers.writer])
      expect(new Set(await shown(reader, endpointId, deliveryId))).toEqual(new Set([url]));
    for (const reader of [readers.viewer, readers.reader])
      expect(new Set(await shown(reader, endpointId, deliveryId))).toEqual(new Set([masked]));
  });

  test('does not go to the receivers that are told of a disabled endpoint', async () => {
    const { id } = (await register({ events: ['campaign.*'] })).body;
    await send('POST', endpoints, { url: 'https://other.example.com/in', events: ['endpoint.disabled'] });

    await send('PATCH', `${endpoints}/${id}`, { status: 'disabled' });

    const [delivery] = (await send('GET', deliveries)).body.data;
    const { body } = await send('GET', `${deliveries}/${delivery.id}`);
    expect(JSON.parse(body.request.body).data).toMatchObject({ endpoint_id: id, url: masked });
  });
});
