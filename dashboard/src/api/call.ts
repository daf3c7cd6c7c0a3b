import { ApiError, type Problem } from './api-error';
import { revalidating } from './revalidating';
import type { CallOptions, Reply, Route } from './routes';
import { learnServerTime } from './server-clock';

/** Sends one request to the API. Rejects with an {@link ApiError}. */
export type Call = <R extends Route>(route: R, options: CallOptions<R>) => Promise<Reply<R>>;

export interface ApiCredentials {
  /**
   * Returns the ID token, renewed if it is about to expire.
   *
   * @param isRead true if the call changes nothing
   * @throws ApiError `unauthenticated` if the session has ended
   */
  idToken(isRead: boolean): Promise<string>;
  /** Called when the API refuses a token. @returns true if the call should be sent again with a new one */
  renewToken(refused: string): Promise<boolean>;
  /** The tenant that a member of several tenants has chosen. */
  tenantId(): string | undefined;
}

/** The only way from the page to the API: same origin, bearer token, problem+json thrown as an {@link ApiError}. */
export function openCall(credentials: ApiCredentials): Call {
  const ask = revalidating(send);
  return async (route, options) => {
    const token = await credentials.idToken(isRead(route));
    const request = requestOf(route, options, token, credentials);
    options.onSend?.();
    let response = await ask(request);
    if (response.status === 401 && (await credentials.renewToken(token)))
      response = await ask(requestOf(route, options, await credentials.idToken(isRead(route)), credentials));
    if (!response.ok) throw new ApiError(await readProblem(response));
    return readReply(response, taggedRoutes.has(route) ? response.headers.get('etag') : null);
  };
}

/** The routes whose replies have their tag in them. In the others it would be new with each reply, and say nothing. */
const taggedRoutes: ReadonlySet<Route> = new Set(['GET workflows/{id}', 'GET webhook-endpoints/{id}']);

function isRead(route: Route): boolean {
  return route.startsWith('GET ');
}

function requestOf(route: Route, options: object, token: string, credentials: ApiCredentials): Request {
  const values = new Map<string, unknown>(Object.entries(options));
  const [method = 'GET', template = ''] = route.split(' ');
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
  const url = new URL(path, `${location.origin}/api/v1/`);
  for (const [name, value] of Object.entries(values.get('query') ?? {}))
    if (value !== undefined) url.searchParams.set(name, String(value));

  const headers = new Headers({ authorization: `Bearer ${token}`, accept: 'application/json' });
  const tenantId = values.get('tenantId') ?? credentials.tenantId();
  const idempotencyKey = values.get('idempotencyKey');
  const ifMatch = values.get('ifMatch');
  const body = values.get('body');
  const signal = values.get('signal');
  if (typeof tenantId === 'string') headers.set('x-tenant-id', tenantId);
  if (typeof idempotencyKey === 'string') headers.set('idempotency-key', idempotencyKey);
  if (typeof ifMatch === 'string') headers.set('if-match', ifMatch);
  if (body !== undefined) headers.set('content-type', 'application/json');
  return new Request(url, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal instanceof AbortSignal && { signal }),
  });
}

async function send(request: Request): Promise<Response> {
  const sentAt = performance.now();
  try {
    const response = await fetch(request);
    learnServerTime(response, sentAt);
    return response;
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new ApiError(unreachable('The service cannot be reached; check the connection and try again.'));
  }
}

/**
 * Does not check the response against a schema: page and API are deployed together, and the API's schemas are where these
 * types come from.
 */
async function readReply<T>(response: Response, etag: string | null = null): Promise<T> {
  const text = await response.text();
  /* eslint-disable @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-assignment -- the only place where
     JSON becomes a type */
  const reply = JSON.parse(text === '' ? 'null' : text);
  return etag === null ? reply : { ...reply, etag };
  /* eslint-enable @typescript-eslint/no-unsafe-return, @typescript-eslint/no-unsafe-assignment */
}

async function readProblem(response: Response): Promise<Problem> {
  const status = response.status;
  if (response.headers.get('content-type')?.includes('problem+json') === true) return readReply(response);
  // API Gateway and CloudFront answer some requests themselves, and not with problem+json.
  if (status === 429)
    return unreachable('Too many requests at once; wait a few seconds and try again.', 'Too many requests', status);
  return unreachable(
    `The service answered with status ${status}; try again in a moment.`,
    'Unexpected response',
    status,
  );
}

function unreachable(detail: string, title = 'Service not reached', status = 0): Problem {
  return { title, status, detail, code: 'unreachable', request_id: null, errors: [] };
}
