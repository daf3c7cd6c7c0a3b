import type * as z from 'zod/mini';
import { ProductError, type ErrorCode } from '../../domain/errors';
import type { Expected } from '../../domain/revision';
import type { Tenant } from '../../domain/tenant/tenant';
import type { Access, Caller } from './caller';
import type { HttpReply, HttpRequest } from './request';

type Schema = z.core.$ZodType;

/** What a route is called with. */
export interface Call {
  readonly request: HttpRequest;
  readonly caller: Caller;
  /** The caller's tenant, read at most a few seconds ago: good for plan checks and cursor keys, never for counts. */
  readonly tenant: () => Promise<Tenant>;
  readonly params: Readonly<Record<string, string>>;
  /** The preconditions of the request, on a route that takes them; otherwise none. */
  readonly expected: Expected;
}

interface RouteFacts {
  /** A GET answers HEAD too, so that is no method of a route. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with `{name}` parameters, from the root. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly query?: Schema;
  readonly body?: Schema;
  /** The call honours an Idempotency-Key. Every POST does, or is `repeatable`. */
  readonly idempotent?: boolean;
  /** The call does nothing more when it is repeated, so it has no use for an Idempotency-Key. */
  readonly repeatable?: true;
  /**
   * The call changes something that has revisions, and makes the change only if `If-Match` and `If-None-Match` allow it. Its
   * errors name `version_conflict`.
   */
  readonly takesIfMatch?: true;
  /** The answer carries the ETag that a GET of what was changed would have. Every GET carries one without saying so. */
  readonly tagged?: true;
  /** Media type of the success body, if it is not JSON. */
  readonly mediaType?: string;
  /** Schema of the success body for each status. */
  readonly replies: Readonly<Record<number, Schema | null>>;
  /** Error codes of this route, besides those that every route can answer with. */
  readonly errors: readonly ErrorCode[];
}

/** A route that anyone may call. */
export interface PublicRoute extends RouteFacts {
  readonly access: 'public';
  readonly act: (request: HttpRequest) => Promise<HttpReply>;
}

/** A route for callers with a token or a sign-in. */
export interface GuardedRoute extends RouteFacts {
  readonly access: Access;
  /** Returns what a request needs instead of `access`, if that is less; undefined for all other requests. */
  readonly accessWhen?: (request: HttpRequest) => Access | undefined;
  /**
   * If absent, the tenant's plan must include the caller's door. `any_in_dashboard` requires that for tokens only;
   * members may call on every plan. `start_run` leaves the check to `startRun`, which does it with its own consistent
   * read.
   */
  readonly plan?: 'any_in_dashboard' | 'start_run';
  /** If true, a member of several tenants may call without naming one. */
  readonly beforeTenantChoice?: true;
  readonly act: (call: Call) => Promise<HttpReply>;
}

export type Route = PublicRoute | GuardedRoute;

export interface MatchedRoute {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** A request whose route was found. */
export interface RoutedRequest extends HttpRequest {
  route?: MatchedRoute;
}

/**
 * Finds a request's route. HEAD is answered by the route of GET, with the same checks and the same answer; whatever sends
 * the answer leaves the body out: https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2
 */
export function routeTable(routes: readonly Route[]): (method: string, path: string) => MatchedRoute {
  const table = routes.map((route) => ({ route, parts: route.path.split('/') }));
  return (sent, path) => {
    const method = sent === 'HEAD' ? 'GET' : sent;
    const parts = path.split('/');
    const onPath = table.filter(({ parts: pattern }) => isOn(pattern, parts));
    const found = onPath.find(({ route }) => route.method === method);
    if (found !== undefined) return { route: found.route, params: paramsIn(found.parts, parts) };
    if (onPath.length > 0) throw new MethodNotAllowed(onPath.flatMap(({ route }) => answeredBy(route)));
    throw new ProductError('not_found', 'No such path. GET /api/v1/openapi.json lists them all.');
  };
}

function answeredBy({ method }: Route): string[] {
  return method === 'GET' ? ['GET', 'HEAD'] : [method];
}

/** Holds the methods for the `Allow` header. */
export class MethodNotAllowed extends ProductError {
  constructor(
    readonly allowed: readonly string[],
    detail = `This path answers ${allowed.join(', ')} only.`,
  ) {
    super('method_not_allowed', detail);
  }
}

/** A segment of a path pattern is a fixed text, or the name of a parameter in braces, which any text but none matches. */
function isOn(pattern: readonly string[], parts: readonly string[]): boolean {
  return (
    pattern.length === parts.length &&
    pattern.every((part, index) => part === parts[index] || (isParameter(part) && parts[index] !== ''))
  );
}

function isParameter(part: string): boolean {
  return part.startsWith('{');
}

function paramsIn(pattern: readonly string[], parts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pattern.flatMap((part, index) => (isParameter(part) ? [[part.slice(1, -1), parts[index] ?? ''] as const] : [])),
  );
}
