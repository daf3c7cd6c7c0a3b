import { ulid } from 'ulid';
import { reconcileReads } from '../../functions/aws/reconcile/reads';
import { reconcileRepairs } from '../../functions/aws/reconcile/repairs';
import { utcDay } from '../../functions/domain/day';
import { connectApp, factsOfApp, type AppEnd } from '../../functions/domain/tenant/connected-app';
import { provableActions } from '../../functions/domain/reconcile/audit';
import type { Difference } from '../../functions/domain/reconcile/difference';
import { reconcileTenant } from '../../functions/domain/reconcile/tenant';
import type { AuditEvent } from '../../functions/domain/tenant/audit';
import { auditIds } from '../../functions/domain/tenant/audit-ids';
import { aRecipe, noon } from '../support/builders';
import type { Answer } from '../support/http-calls';
import { connectionBroken, interceptDatabase } from '../support/requests';
import { startRest, type Rest } from '../support/rest';

jest.setTimeout(60_000);

/** What happens to audit rows at the moment. Earlier releases gave most of them ids of their own. */
let fault: 'none' | 'audit rows are lost' | 'audit rows get another id' = 'none';
/** The audit rows that the product tried to write. */
let written: AuditEvent[] = [];

let rest: Rest;
let tenant: { id: string; token: string };

beforeAll(async () => {
  rest = await startRest((table) =>
    interceptDatabase(table, async (command, send) => {
      const { Item } = command.input;
      if (!String(Item?.['sk']).startsWith('AUDIT#')) return send();
      written.push({ ...Item });
      if (fault === 'audit rows are lost') throw connectionBroken();
      const id = ulid(rest.clock.now().getTime() + 50);
      if (fault === 'audit rows get another id') Object.assign(Item, { sk: `AUDIT#${id}`, id });
      return send();
    }),
  );
});
afterAll(() => rest.stop());

beforeEach(async () => {
  [fault, written] = ['none', []];
  rest.clock.set(noon);
  tenant = await rest.aTenant();
});

async function call(method: string, path: string, body?: object): Promise<Answer> {
  const answer = await rest.call(method, `/api/v1/${path}`, { token: rest.aMember(tenant.id), ...(body && { body }) });
  expect(answer.status).toBeLessThan(300);
  return answer;
}

const write = { name: 'Spring Promo', recipe: aRecipe({ steps: [{ type: 'delay', seconds: 30 }] }) };
const idOf = ({ body }: Answer) => String(body.id);
const anEndpoint = async () =>
  idOf(await call('POST', 'webhook-endpoints', { url: 'https://receiver.example.com/in', events: ['*'] }));
const aTestOf = (id: string) => call('POST', `webhook-endpoints/${id}/test`, { payload: {} });
const aWorkflow = async () => idOf(await call('POST', 'workflows', write));
const aToken = async () => idOf(await call('POST', 'tokens', { name: 'CI', kind: 'pat' }));

/** Makes a change as the authorization server does, which makes it for an app. */
async function ofAnApp<Done>(
  change: () => Promise<Done>,
  row: Pick<AuditEvent, 'id' | 'action' | 'target' | 'detail'>,
) {
  const at = rest.clock.now().toISOString();
  const actor = { channel: 'mcp' as const, name: 'Claude' };
  await rest.deps.record(tenant.id, change, () => ({ at, actor, request_id: 'request-1', ...row }));
}

const approval = {
  client_id: 'https://claude.example.com/client.json',
  name: 'Claude',
  host: 'claude.example.com',
  redirect_host: 'claude.example.com',
  scope: 'mcp',
  approved_by: 'ada@acme.example',
} as const;

async function anApp(): Promise<string> {
  const { newUlid, connectedApps } = rest.deps;
  const app = connectApp({ tenant_id: tenant.id, ...approval }, { days: 90, now: rest.clock.now(), newUlid });
  const row = {
    id: auditIds.appApproved(app.id),
    action: 'app.approved',
    target: app.id,
    detail: factsOfApp(app),
  } as const;
  await ofAnApp(() => connectedApps.put(app), row);
  return app.id;
}

function refresh(id: string) {
  const at = rest.clock.now().toISOString();
  const row = {
    id: auditIds.appRefreshed(id, at),
    action: 'app.refreshed',
    target: id,
    detail: { name: 'Claude' },
  } as const;
  return ofAnApp(() => rest.deps.connectedApps.noteFirstRefresh(tenant.id, id, at), row);
}

function end(id: string, action: 'app.revoked' | 'app.reuse_detected', because: AppEnd) {
  const at = rest.clock.now().toISOString();
  const row = { id: auditIds.appEnded(id, at), action, target: id, detail: { name: 'Claude', because } };
  return ofAnApp(() => rest.deps.connectedApps.revoke(tenant.id, id, at, because), row);
}

/** The changes of REST and of the authorization server in `provableActions`. Each first creates what it changes, with all audit rows. */
const provable: Readonly<Record<string, () => Promise<() => Promise<unknown>>>> = {
  'workflow.created': async () => aWorkflow,
  'workflow.updated': async () => {
    const id = await aWorkflow();
    return () => call('PUT', `workflows/${id}`, { ...write, description: 'Another one' });
  },
  'endpoint.created': async () => anEndpoint,
  'endpoint.disabled': async () => {
    const id = await anEndpoint();
    return () => call('PATCH', `webhook-endpoints/${id}`, { status: 'disabled' });
  },
  'endpoint.secret_rotated': async () => {
    const id = await anEndpoint();
    return () => call('POST', `webhook-endpoints/${id}/rotate-secret`);
  },
  'endpoint.tested': async () => {
    const id = await anEndpoint();
    return () => aTestOf(id);
  },
  'token.created': async () => aToken,
  'token.revoked': async () => {
    const id = await aToken();
    return () => call('DELETE', `tokens/${id}`);
  },
  'app.approved': async () => anApp,
  'app.refreshed': async () => {
    const id = await anApp();
    return () => refresh(id);
  },
  'app.revoked': async () => {
    const id = await anApp();
    return () => call('DELETE', `connected-apps/${id}`);
  },
  'app.reuse_detected': async () => {
    const id = await anApp();
    return () => end(id, 'app.reuse_detected', 'reuse_detected');
  },
};

/** The audit rows that reconciling finds missing today. */
async function missing(): Promise<AuditEvent[]> {
  const found: Difference[] = [];
  const now = rest.clock.now();
  const window = { since: utcDay(now), now };
  await reconcileTenant(reconcileReads(rest.table), tenant.id, window, (difference) => found.push(difference));
  return found.flatMap(({ repair }) => (repair?.act === 'append_audit' ? [repair.row] : []));
}

const append = (row: AuditEvent) =>
  reconcileRepairs(rest.table).repair(tenant.id, { act: 'append_audit', row }, rest.clock.now());

const audited = async () => (await rest.deps.audit.list(tenant.id, 100)).events;

// Runs are covered by the tests of faults, and members by those of the operator's command.
test('every change that is said to be provable has a test', () => {
  expect([...Object.keys(provable), 'run.cancelled', 'run.rerun', 'member.added'].sort()).toEqual(
    [...provableActions].sort(),
  );
});

test.each(Object.entries(provable))(
  'a missing audit row of %s is found, and appended with the id and time of the row that was lost',
  async (action, prepare) => {
    const change = await prepare();
    rest.clock.advance(1);
    [fault, written] = ['audit rows are lost', []];
    await change();
    rest.clock.advance(3600);

    const found = await missing();

    const { id, at, target } = written[0]!;
    expect(found).toEqual([expect.objectContaining({ id, at, action, target })]);
    const before = await audited();
    fault = 'none';
    for (const row of [...found, ...found]) await append(row);
    expect(await audited()).toHaveLength(before.length + 1);
    expect(await missing()).toEqual([]);
  },
);

test.each(Object.entries(provable))(
  'an audit row of %s that an earlier release wrote is not missing',
  async (_, prepare) => {
    const change = await prepare();
    rest.clock.advance(1);
    fault = 'audit rows get another id';
    await change();
    rest.clock.advance(3600);

    expect(await missing()).toEqual([]);
  },
);

test('the audit row of one test of an endpoint does not hide that another test has none', async () => {
  const endpoint = await anEndpoint();
  await aTestOf(endpoint);
  fault = 'audit rows are lost';
  const lost = await aTestOf(endpoint);
  rest.clock.advance(3600);

  expect(await missing()).toMatchObject([{ action: 'endpoint.tested', detail: { delivery: lost.body.id } }]);
});

test.each(['member_removed', 'disconnected'] as const)(
  'the missing audit row of an app that ended because of %s says so',
  async (because) => {
    const id = await anApp();
    await refresh(id);
    rest.clock.advance(1);
    fault = 'audit rows are lost';
    await end(id, 'app.revoked', because);
    rest.clock.advance(3600);

    expect(await missing()).toEqual([
      {
        ...written.at(-1),
        pk: undefined,
        sk: undefined,
        actor: { channel: 'system', name: 'reconcile' },
        request_id: 'unknown',
        detail: { name: 'Claude', because, made_by: 'unknown' },
      },
    ]);
  },
);

test('a change of the last minutes is not reported, because its audit row may be about to be written', async () => {
  fault = 'audit rows are lost';
  await aWorkflow();
  rest.clock.advance(60);

  expect(await missing()).toEqual([]);
});

test('a change before the days that are checked is not reported', async () => {
  fault = 'audit rows are lost';
  await Promise.all([aWorkflow(), anEndpoint(), aToken(), anApp()]);
  rest.clock.advance(24 * 3600);

  expect(await missing()).toEqual([]);
});

test('a changed permission or setting is not reported, because no stored row shows the change', async () => {
  const [workflow, endpoint] = [await aWorkflow(), await anEndpoint()];
  fault = 'audit rows are lost';
  await call('PATCH', `workflows/${workflow}`, { active: false });
  await call('PATCH', `webhook-endpoints/${endpoint}`, { description: 'Changed' });
  rest.clock.advance(3600);

  expect(await missing()).toEqual([]);
});
