import type { Context } from 'aws-lambda';
import { ulid } from 'ulid';
import type { Database } from '../../functions/aws/database';
import { openRestApiStores } from '../../functions/aws/open-stores';
import { waitingPlaces } from '../../functions/aws/run/waiting';
import { changeRecorder } from '../../functions/domain/tenant/record-change';
import type { Tenant } from '../../functions/domain/tenant/tenant';
import type { Permission } from '../../functions/domain/tenant/member';
import { newToken, type Token } from '../../functions/domain/tenant/token';
import type { Workflow } from '../../functions/domain/workflow/workflow';
import { httpChain } from '../../functions/edge/http-chain';
import type { Caller } from '../../functions/edge/http/caller';
import { logAuditMissing } from '../../functions/edge/log/audit-missing';
import type { Log, LogFields } from '../../functions/edge/log/log';
import type { RestApiDeps } from '../../functions/rest-api/deps';
import { openApiDocument } from '../../functions/rest-api/document/openapi';
import { restRoutes } from '../../functions/rest-api/routes';
import { aRecipe, aTenant, aToken, longBefore } from './builders';
import { documentationCheck } from './document/documented';
import { startTable, type Table } from './engines';
import { type Call, type Answer, anEvent, asReceived, readReply } from './http-calls';
import { as, requireNoneDenied, underPolicies } from './permitted-writes';
import { startRunDeps, testClock, type TestClock } from './start-run';

/** All stores on one table, with a test clock and recorded executions. */
export function restDeps(database: Database, clock: TestClock) {
  const { deps: startDeps, executions, deferred } = startRunDeps(database, clock);
  const logged: LogFields[] = [];
  const queued: unknown[] = [];
  const members = new Map<string, Caller>();
  const log: Log = (_level, fields) => void logged.push(fields);
  const stores = openRestApiStores(database);
  const deps: RestApiDeps = {
    ...startDeps,
    ...stores,
    record: changeRecorder({ audit: stores.audit, onAuditMissing: logAuditMissing(log) }),
    executions,
    queue: { send: async (messages) => void queued.push(...messages) },
    signIn: async (idToken) => members.get(idToken),
    ownHosts: [],
    origin: 'https://workflows.example.com',
    originSecrets: [],
    localInboxOrigin: undefined,
    newUlid: () => ulid(clock.now().getTime()),
    waiting: waitingPlaces(database, 75, clock.now),
    sleep: async (ms) => clock.advance(ms / 1000),
    log,
  };
  return { deps, executions, deferred, logged, queued, members };
}

export type Rest = Awaited<ReturnType<typeof startRest>>;

let tenants = 0;

/** Starts the REST API as it is deployed, from the gateway's event to the response, on an in-memory table. */
export async function startRest(wrapTable: (table: Database) => Database = (table) => table) {
  const table: Table = await startTable();
  const clock = testClock();
  const wired = restDeps(underPolicies(wrapTable(table)), clock);
  const plain = restDeps(table, clock).deps;
  const routes = restRoutes(wired.deps);
  const document = openApiDocument(routes);
  const requireDocumented = documentationCheck(routes, document);
  const openUnchecked = () => {
    const chain = httpChain(wired.deps, routes);
    return async (method: string, target: string, call: Call = {}): Promise<Answer> =>
      asReceived(method, readReply(await as('rest-api', () => chain(anEvent(method, target, call), {} as Context))));
  };
  const open = () => {
    const send = openUnchecked();
    return async (method: string, target: string, call: Call = {}): Promise<Answer> => {
      const answer = await send(method, target, call);
      requireDocumented(method, target.split('?', 1)[0] ?? '', answer);
      return answer;
    };
  };

  return {
    ...wired,
    routes,
    /** openapi.json. */
    document,
    table,
    clock,
    /** Sends a request, and fails if openapi.json does not document its response. */
    call: open(),
    /** Sends a request without that check, which works only in jest. */
    callUnchecked: openUnchecked(),
    /** Returns `call` of another function instance, with empty caches. */
    coldStart: open,
    /**
     * Lets an instance lease enough requests for the rest of the minute, so that a test which counts requests to the
     * table sees only those of the route.
     */
    async holdLease(token: string, call: Awaited<ReturnType<typeof open>>): Promise<void> {
      for (let sent = 0; sent < 40; sent += 1) await call('GET', '/api/v1/me', { token });
    },
    /** Creates a tenant and a token with every REST scope. */
    async aTenant(overrides: Partial<Tenant> = {}): Promise<{ id: string; token: string }> {
      const tenant = aTenant({ id: `tenant-${(tenants += 1)}`, cursor_key: ulid(), ...overrides });
      await plain.tenants.create(tenant);
      return { id: tenant.id, token: await this.aToken(tenant.id) };
    },
    async aToken(tenantId: string, overrides: Partial<Token> = {}): Promise<string> {
      const text = newToken(overrides.kind ?? 'pat');
      const row = aToken({
        id: `tok_${ulid()}`,
        tenant_id: tenantId,
        created_at: longBefore.toISOString(),
        last_used_at: clock.now().toISOString(),
        ...overrides,
      });
      await plain.tokens.put(tenantId, text, row);
      return text;
    },
    /** Signs in a member, usually with every permission. @returns the ID token that the dashboard sends */
    aMember(tenantId: string, permissions: readonly Permission[] = ['viewer', 'manage_agents']): string {
      const idToken = `header.${permissions.at(-1)}-of-${tenantId}.signature`;
      wired.members.set(idToken, {
        tenantId,
        channel: 'dashboard',
        name: `ada@${tenantId}.example`,
        credential: `member ada@${tenantId}.example`,
        scopes: [],
        permissions,
      });
      return idToken;
    },
    /** Creates a workflow without validating its recipe. */
    async aWorkflow(
      tenantId: string,
      write: { recipe?: unknown; active?: boolean; name?: string; description?: string | null } = {},
    ): Promise<Workflow> {
      const { recipe = aRecipe(), active = true, name = 'Spring Promo', description = null } = write;
      return plain.workflows.create(tenantId, { name, description, active, recipe }, clock.now().toISOString());
    },
    stop: async () => {
      await table.stop();
      requireNoneDenied();
    },
  };
}
