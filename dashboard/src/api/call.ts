import { ApiError, type Problem } from './api-error';
import { revalidating } from './revalidating';
import type { CallOptions, Reply, Route } from './routes';

/** Sends one request to the API. Rejects with an {@link ApiError}. */
export type Call = <R extends Route>(route: R, options: CallOptions<R>) => Promise<Reply<R>>;

export interface ApiCredentials {
  /** Returns the ID token, renewed if it is about to expire. Never resolves if the user is being sent to sign in. */
  idToken(): Promise<string>;
  /** Called when the API refuses the token. @returns true if the call should be sent again with a new token */
  renewToken(): Promise<boolean>;
  /** The tenant that a member of several tenants has chosen. */
  tenantId(): string | undefined;
}

/** The only way from the page to the API: same origin, bearer token, problem+json thrown as an {@link ApiError}. */
export function openCall(credentials: ApiCredentials): Call {
  const ask = revalidating(send);
  return async (route, options) => {
    const request = await requestOf(route, options, credentials);
    options.onSend?.();
    let response = await ask(request);
    if (response.status === 401 && (await credentials.renewToken()))
      response = await ask(await requestOf(route, options, credentials));
    if (!response.ok) throw new ApiError(await readProblem(response));
    return readReply(response);
  };
}

async function requestOf(route: Route, options: object, credentials: ApiCredentials): Promise<Request> {
  const values = new Map<string, unknown>(Object.entries(options));
  const [method = 'GET', template = ''] = route.split(' ');
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
  const url = new URL(path, `${location.origin}/api/v1/`);
  for (const [name, value] of Object.entries(values.get('query') ?? {}))
    if (value !== undefined) url.searchParams.set(name, String(value));

  const headers = new Headers({ authorization: `Bearer ${await credentials.idToken()}`, accept: 'application/json' });
  const tenantId = values.get('tenantId') ?? credentials.tenantId();
  const idempotencyKey = values.get('idempotencyKey');
  const body = values.get('body');
  const signal = values.get('signal');
  if (typeof tenantId === 'string') headers.set('x-tenant-id', tenantId);
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

/**
 * Does not check the response against a schema: page and API are deployed together, and the API's schemas are where these
 * types come from.
 */
async function readReply<T>(response: Response): Promise<T> {
  const text = await response.text();
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- the only place where JSON becomes a type
  return JSON.parse(text === '' ? 'null' : text);
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
