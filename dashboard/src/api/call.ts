import { ApiError, type Problem } from './api-error';
import type { CallOptions, Reply, Route } from './routes';

/** How the API is called. */
export type Call = <R extends Route>(route: R, options: CallOptions<R>) => Promise<Reply<R>>;

export interface CallerOfApi {
  /** The ID token to send, renewed if need be; never resolves when the person was sent to sign in. */
  bearer(): Promise<string>;
  /** Called when the API does not accept the token. @returns whether another try with a new one makes sense */
  refused(): Promise<boolean>;
  /** Chosen by people who are members of several tenants. */
  tenantId(): string | undefined;
}

/** The one way from the page to the API: same origin, bearer token, problem+json as {@link ApiError}. */
export function openCall(caller: CallerOfApi): Call {
  return async (route, options) => {
    const request = await requestOf(route, options, caller);
    let response = await send(request);
    if (response.status === 401 && (await caller.refused()))
      response = await send(await requestOf(route, options, caller));
    if (!response.ok) throw new ApiError(await readProblem(response));
    return readReply(response);
  };
}

async function requestOf(route: Route, options: object, caller: CallerOfApi): Promise<Request> {
  const given = new Map<string, unknown>(Object.entries(options));
  const [method = 'GET', template = ''] = route.split(' ');
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(given.get(name))));
  const url = new URL(`/api/v1/${path}`, location.origin);
  for (const [name, value] of Object.entries(given.get('query') ?? {}))
    if (value !== undefined) url.searchParams.set(name, String(value));

  const headers = new Headers({ authorization: `Bearer ${await caller.bearer()}`, accept: 'application/json' });
  const tenantId = caller.tenantId();
  const idempotencyKey = given.get('idempotencyKey');
  const body = given.get('body');
  const signal = given.get('signal');
  if (tenantId !== undefined) headers.set('x-tenant-id', tenantId);
  if (typeof idempotencyKey === 'string') headers.set('idempotency-key', idempotencyKey);
  if (body !== undefined) headers.set('content-type', 'application/json');
  return new Request(url, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal instanceof AbortSignal && { signal }),
  });
}

async function send(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new ApiError(unreachable('The service cannot be reached; check the connection and try again.'));
  }
}

/** Not parsed against the schemas again: page and API are one deployment, and their schemas are these types. */
async function readReply<T>(response: Response): Promise<T> {
  const text = await response.text();
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- the one place where JSON becomes a type
  return JSON.parse(text === '' ? 'null' : text);
}

async function readProblem(response: Response): Promise<Problem> {
  const status = response.status;
  if (response.headers.get('content-type')?.includes('problem+json') === true) return readReply(response);
  // API Gateway and CloudFront write refusals of their own.
  if (status === 429)
    return unreachable('Too many requests at once; wait a few seconds and try again.', 'Too many requests', status);
  return unreachable(`The service answered with status ${status}; try again in a moment.`, 'No usable answer', status);
}

function unreachable(detail: string, title = 'Service not reached', status = 0): Problem {
  return { title, status, detail, code: 'unreachable', request_id: null, errors: [] };
}
