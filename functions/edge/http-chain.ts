import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { requirePlan } from '../domain/plan';
import type { Tenant } from '../domain/tenant';
import { notFound, ProductError } from '../domain/errors';
import { authenticate, type AuthenticationDeps } from './authenticate';
import { requireScope } from './caller';
import { expiringCache } from './expiring-cache';
import { readHttpEvent, type HttpReply, type HttpRequest } from './http-request';
import { errorFields, type Log } from './log';
import { asProductError, problemReply } from './problem';
import { readBody } from './read-body';
import { routeTable, type Call, type Route } from './route';

export interface HttpChainDeps extends AuthenticationDeps {
  readonly tenants: { get(tenantId: string): Promise<Tenant | undefined> };
  readonly log: Log;
}

type Step = middy.MiddlewareObj<HttpRequest, HttpReply>;

const tenantCacheSeconds = 10;
const cachedTenants = 1000;

/**
 * The one chain in front of every REST route. Order of checks: route (404, 405) → caller (401) → body (415, 413, 400) →
 * scope → plan → the route's own. Errors are answered once, here.
 */
export function httpChain(deps: HttpChainDeps, routes: readonly Route[]) {
  const cachedTenant = expiringCache<Tenant | undefined>(tenantCacheSeconds, cachedTenants, deps.now);
  const tenantOf = async (tenantId: string): Promise<Tenant> => {
    const tenant = await cachedTenant(tenantId, () => deps.tenants.get(tenantId));
    if (tenant === undefined) throw notFound('tenant');
    return tenant;
  };

  const chain = middy<HttpRequest, HttpReply>()
    .use(answerErrors(deps))
    .use(matchRoute(routes))
    .use(authenticate(deps, 'pat'))
    .use(readBody())
    .handler((request) => dispatch(request, tenantOf));

  return async (event: unknown, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
    const request = readHttpEvent(event, deps.now().getTime());
    const reply: HttpReply = await chain(request, context);
    return toGatewayReply(reply, request.requestId);
  };
}

function answerErrors(deps: HttpChainDeps): Step {
  return {
    after: async ({ event: request }) => {
      await Promise.allSettled(request.background);
    },
    onError: async (call) => {
      const error = asProductError(call.error);
      logRefusal(deps, call.event, error.code, call.error);
      await Promise.allSettled(call.event.background);
      call.response = problemReply(error, call.event.requestId, deps.now());
    },
  };
}

function matchRoute(routes: readonly Route[]): Step {
  const findRoute = routeTable(routes);
  return {
    before: ({ event: request }) => {
      request.route = findRoute(request.method, request.path);
    },
  };
}

async function dispatch(request: HttpRequest, tenantOf: (tenantId: string) => Promise<Tenant>): Promise<HttpReply> {
  const { route, caller } = request;
  if (route?.route.access === 'public') return route.route.act(request);
  if (route === undefined || caller === undefined) throw new Error('A guarded route was reached without a caller');
  if (route.route.access !== 'any') requireScope(caller, route.route.access);
  const call: Call = { request, caller, params: route.params, tenant: () => tenantOf(caller.tenantId) };
  if (route.route.plan !== 'start_run') requirePlan((await call.tenant()).plan, caller.channel);
  return route.route.act(call);
}

function toGatewayReply(
  { status, body, headers = {} }: HttpReply,
  requestId: string,
): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': requestId,
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
}

function logRefusal(deps: HttpChainDeps, request: HttpRequest, code: string, error: unknown): void {
  const ours = code === 'internal' || code === 'unavailable';
  const cause = error instanceof ProductError && error.cause !== undefined ? error.cause : error;
  deps.log(ours ? 'error' : 'info', {
    event: 'request_refused',
    code,
    tenant: request.caller?.tenantId,
    operation: request.route?.route.operationId,
    channel: request.caller?.channel,
    request_id: request.requestId,
    ms: deps.now().getTime() - request.startedAtMs,
    ...(ours && errorFields(cause)),
  });
}
