import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { invalidRequest } from '../domain/errors';
import { requirePlan } from '../domain/tenant/plan';
import type { Tenant } from '../domain/tenant/tenant';
import { authenticate, tenantHeader, type AuthenticationDeps } from './access/authenticate';
import { requestRate, type JudgeRate, type RequestRateDeps } from './access/request-rate';
import { requireFront, type FrontDeps } from './access/require-front';
import type { SignIn } from './access/sign-in';
import { tenantReader, type TenantDeps } from './access/tenant-reader';
import { readBody } from './http/body';
import { requireAccess, type Access, type Caller } from './http/caller';
import { expectedOf } from './http/expected';
import { requireReadableKey } from './http/idempotency-key';
import { asProductError, problemReply } from './http/problem';
import { toGatewayReply } from './http/reply';
import { readHttpEvent, type HttpReply, type HttpRequest } from './http/request';
import { revalidate } from './http/revalidate';
import { routeTable, type GuardedRoute, type Route, type RoutedRequest } from './http/route';
import { answerErrors, type Refusal } from './log/answer-errors';
import type { Log } from './log/log';

export interface HttpChainDeps extends AuthenticationDeps, FrontDeps, TenantDeps, RequestRateDeps {
  readonly signIn: SignIn;
  readonly log: Log;
  /** The product's own address, without a trailing slash. */
  readonly origin: string;
}

type Step = middy.MiddlewareObj<RoutedRequest, HttpReply>;

/**
 * The one middleware chain in front of every REST route. Order of checks: address (421) → route (404, 405) → caller
 * (401) → rate (429) → body (415, 413, 400) → scope or permission → plan → the route's own. Errors are answered once, here.
 */
export function httpChain(deps: HttpChainDeps, routes: readonly Route[]) {
  const tenantOf = tenantReader(deps);

  const chain = middy<RoutedRequest, HttpReply>()
    .use(answerErrors(deps, problemOf(deps)))
    .use(requireFront(deps))
    .use(matchRoute(routes))
    .use(authenticate(deps, 'pat', { signIn: deps.signIn }))
    .use(limitRate(requestRate(deps, tenantOf)))
    .use(readBody())
    .use(revalidate())
    .handler((request) => dispatch(request, tenantOf));

  return async (event: unknown, context: Context): Promise<APIGatewayProxyStructuredResultV2> => {
    const request = readHttpEvent(event, deps.now().getTime());
    const reply: HttpReply = await chain(request, context);
    return toGatewayReply(reply, request.requestId);
  };
}

/** RFC 9457 problem documents, whatever was thrown. */
function problemOf({ now, origin }: HttpChainDeps) {
  return (thrown: unknown, request: RoutedRequest): Refusal => {
    const error = asProductError(thrown);
    return {
      code: error.code,
      operation: request.route?.route.operationId,
      reply: problemReply(error, request.requestId, now(), origin),
    };
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

function limitRate(judgeRate: JudgeRate): Step {
  return {
    before: async ({ event: { caller } }) => {
      const refusal = caller && (await judgeRate(caller));
      if (refusal !== undefined) throw refusal;
    },
  };
}

async function dispatch(request: RoutedRequest, tenantOf: (tenantId: string) => Promise<Tenant>): Promise<HttpReply> {
  const { route, caller } = request;
  if (route?.route.access === 'public') return route.route.act(request);
  if (route === undefined || caller === undefined) throw new Error('A guarded route was reached without a caller');
  if (route.route.beforeTenantChoice !== true) requireTenantChoice(caller);
  requireAccess(caller, accessOf(route.route, request));
  const tenant = () => tenantOf(caller.tenantId);
  if (judgesPlan(route.route, caller)) requirePlan((await tenant()).plan, caller.channel);
  if (judgesKey(route.route)) requireReadableKey(request);
  // Where a call knows no revisions, preconditions are ignored: https://www.rfc-editor.org/rfc/rfc9110#section-13.2.1
  const expected = route.route.takesIfMatch === true ? expectedOf(request) : {};
  return route.route.act({ request, caller, params: route.params, tenant, expected });
}

/**
 * A header that is no key, or two, is refused by every POST, also by one that has no use for a key. Where a run is started,
 * it has its place in the order of `startRun`, after the plan.
 */
function judgesKey({ method, plan }: GuardedRoute): boolean {
  return method === 'POST' && plan !== 'start_run';
}

function accessOf({ access, accessWhen }: GuardedRoute, request: HttpRequest): Access {
  return accessWhen?.(request) ?? access;
}

function requireTenantChoice({ tenantChoice }: Caller): void {
  if (tenantChoice === undefined) return;
  const detail = `You belong to several tenants: ${tenantChoice.join(', ')}. Name the one you mean.`;
  throw invalidRequest([{ header: tenantHeader, code: 'tenant_required', detail }]);
}

function judgesPlan({ plan }: GuardedRoute, { channel }: Caller): boolean {
  return plan === undefined || (plan === 'any_in_dashboard' && channel !== 'dashboard');
}
