import { isList } from '../../../functions/edge/http/list-reply';
import { startRest, type Rest } from '../../support/rest';
import { createPagedTenantData, type Ids } from '../../support/tenant-data';

jest.setTimeout(60_000);

let rest: Rest;
let member: string;
let ids: Ids;

beforeAll(async () => {
  rest = await startRest();
  const owner = await rest.aTenant();
  ids = await createPagedTenantData(rest, owner, 'linked');
  member = rest.aMember(owner.id);
});

afterAll(() => rest.stop());

const get = (target: string, method = 'GET') => rest.call(method, target, { token: member });
const nextOf = (link: string | undefined) => /^<(\/[^>"\s]+)>; rel="next"$/.exec(link ?? '')?.[1];

it('every list names the next page in Link, also to a HEAD, and the last page names none', async () => {
  const lists = rest.routes.filter(isList);
  expect(lists.map(({ operationId }) => operationId).sort()).toEqual([
    'listAuditEvents',
    'listConnectedApps',
    'listRuns',
    'listTokens',
    'listWebhookDeliveries',
    'listWebhookEndpoints',
    'listWorkflowVersions',
    'listWorkflows',
  ]);

  for (const { path, operationId } of lists) {
    const target = `${path.replaceAll(/\{(\w+)\}/g, (_, name: keyof Ids) => ids[name])}?limit=1`;
    const first = await get(target);
    const second = await get(nextOf(first.headers['link'])!);
    const all = await get(target.replace('limit=1', 'limit=100'));

    expect([operationId, second.body.data]).toEqual([operationId, [all.body.data[1]]]);
    expect((await get(target, 'HEAD')).headers['link']).toBe(first.headers['link']);
    expect(all.headers).not.toHaveProperty('link');
  }
});

it('the address of the next page keeps the filters, percent-encoded', async () => {
  const from = '2026-01-01T00:00:00+01:00';

  const { headers, body } = await get(`/api/v1/workflow-runs?created_from=${encodeURIComponent(from)}&limit=1`);

  const next = new URL(nextOf(headers['link'])!, 'https://api.example');
  expect(Object.fromEntries(next.searchParams)).toEqual({ created_from: from, limit: '1', cursor: body.next_cursor });
  expect((await get(`${next.pathname}${next.search}`)).status).toBe(200);
});
