import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { ulid } from 'ulid';
import { admissionStore } from '../functions/aws/admission';
import { auditStore } from '../functions/aws/audit';
import { claimStore } from '../functions/aws/claims';
import type { Database } from '../functions/aws/database';
import { deliveryStore } from '../functions/aws/deliveries';
import { deliveryListStore } from '../functions/aws/delivery-list';
import { endpointHealthStore } from '../functions/aws/endpoint-health';
import { endpointStore } from '../functions/aws/endpoints';
import { eventStore } from '../functions/aws/events';
import { memberStore } from '../functions/aws/members';
import { runListStore } from '../functions/aws/run-list';
import { runProgressStore } from '../functions/aws/run-progress';
import { runStore } from '../functions/aws/runs';
import { tenantStore } from '../functions/aws/tenants';
import { tokenStore } from '../functions/aws/tokens';
import { workflowVersionStore } from '../functions/aws/workflow-versions';
import { workflowStore } from '../functions/aws/workflows';
import { changeRecorder } from '../functions/domain/record-change';
import type { Tenant } from '../functions/domain/tenant';
import { newToken, type Token } from '../functions/domain/token';
import type { Workflow } from '../functions/domain/workflow';
import type { Caller } from '../functions/edge/caller';
import { httpChain } from '../functions/edge/http-chain';
import type { Log, LogFields } from '../functions/edge/log';
import { logAuditMissing } from '../functions/edge/log-audit-missing';
import type { RestApiDeps } from '../functions/rest-api/deps';
import { restRoutes } from '../functions/rest-api/routes';
import { aRecipe, aTenant, aToken } from './builders';
import { documentedBy } from './documented';
import { startTable, type Table } from './engines';
import { startRunDeps, testClock, type TestClock } from './start-run';

/** All stores over one table, a still clock and recorded executions. */
export function restDeps(database: Database, clock: TestClock) {
  const { deps: startDeps, executions, deferred } = startRunDeps(database, clock);
  const logged: LogFields[] = [];
  const log: Log = (_level, fields) => void logged.push(fields);
  const audit = auditStore(database);
  const queued: unknown[] = [];
  const members = new Map<string, Caller>();
  const deps: RestApiDeps = {
    ...startDeps,
    executions,
    admission: admissionStore(database),
    audit,
    record: changeRecorder({ audit, onAuditMissing: logAuditMissing(log) }),
    claims: claimStore(database),
    deliveries: deliveryStore(database),
    deliveryList: deliveryListStore(database),
    endpoints: endpointStore(database),
    events: eventStore(database),
    health: endpointHealthStore(database),
    members: memberStore(database),
    progress: runProgressStore(database),
    queue: { send: async (tickets) => void queued.push(...tickets) },
    runList: runListStore(database),
    runs: runStore(database),
    tenants: tenantStore(database),
    tokens: tokenStore(database),
    workflows: workflowStore(database),
    workflowVersions: workflowVersionStore(database),
    signIn: async (idToken) => members.get(idToken),
    ownHosts: [],
    localInboxOrigin: undefined,
    newUlid: () => ulid(clock.now().getTime()),
    sleep: async (ms) => clock.advance(ms / 1000),
    log,
  };
  return { deps, executions, deferred, logged, queued, members };
}

export interface Call {
  readonly token?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, with the content type of `headers`. */
  readonly rawBody?: string | Buffer;
  readonly headers?: Record<string, string>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** Parsed when JSON. */
  readonly body: any;
}

export type Rest = Awaited<ReturnType<typeof startRest>>;

let tenants = 0;

/** The REST API as deployed, from the gateway's event to its reply, on a table in memory. */
export async function startRest(over: (table: Database) => Database = (table) => table) {
  const table: Table = await startTable();
  const clock = testClock();
  const around = restDeps(over(table), clock);
  const plain = restDeps(table, clock).deps;
  const routes = restRoutes(around.deps);
  const requireDocumented = documentedBy(routes);
  const open = () => {
    const chain = httpChain(around.deps, routes);
    return async (method: string, target: string, call: Call = {}): Promise<Answer> => {
      const answer = readReply(await chain(anEvent(method, target, call), {} as Context));
      requireDocumented(method, target.split('?', 1)[0] ?? '', answer);
      return answer;
    };
  };

  return {
    ...around,
    routes,
    table,
    clock,
    /** Fails on any answer that openapi.json does not promise. */
    call: open(),
    /** A function instance that has cached nothing yet. */
    coldStart: open,
    /** A tenant and a token of every REST scope. */
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
        last_used_at: clock.now().toISOString(),
        ...overrides,
      });
      await plain.tokens.put(tenantId, text, row);
      return text;
    },
    /** A member with every permission, signed in to the dashboard. @returns what they send as their token */
    aMember(tenantId: string): string {
      const idToken = `header.member-of-${tenantId}.signature`;
      around.members.set(idToken, {
        tenantId,
        channel: 'dashboard',
        name: `ada@${tenantId}.example`,
        scopes: [],
        permissions: ['viewer', 'manage_agents'],
      });
      return idToken;
    },
    /** A workflow put past validation. */
    async aWorkflow(
      tenantId: string,
      write: { recipe?: unknown; active?: boolean; name?: string } = {},
    ): Promise<Workflow> {
      const { recipe = aRecipe(), active = true, name = 'Spring Promo' } = write;
      return plain.workflows.create(tenantId, { name, description: null, active, recipe }, clock.now().toISOString());
    },
    stop: () => table.stop(),
  };
}

let requests = 0;

/** What HTTP API sends, payload format 2.0. */
export function anEvent(method: string, target: string, { token, body, rawBody, headers = {} }: Call): unknown {
  const [rawPath = '', rawQueryString = ''] = target.split('?', 2);
  const text = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers: {
      host: 'api.acme.example',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(text !== undefined && { body: Buffer.from(text).toString('base64') }),
    isBase64Encoded: text !== undefined,
    requestContext: {
      requestId: `request-${(requests += 1)}`,
      domainName: 'api.acme.example',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: 'jest' },
    },
  };
}

export function readReply(reply: APIGatewayProxyStructuredResultV2): Answer {
  const headers = Object.fromEntries(Object.entries(reply.headers ?? {}).map(([name, value]) => [name, String(value)]));
  const isJson = /json/.test(headers['content-type'] ?? '');
  return {
    status: reply.statusCode ?? 0,
    headers,
    body: isJson && reply.body !== undefined ? JSON.parse(reply.body) : reply.body,
  };
}
