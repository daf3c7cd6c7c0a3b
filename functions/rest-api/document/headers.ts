import type * as z from 'zod/mini';
import { isList } from '../../edge/http/list-reply';
import { revalidates } from '../../edge/http/revalidate';
import { documentOperations } from './files';
import type { Operation } from './operation';
import type { Json } from './json';
import { membersOf } from './schemas';

/** Every header of a response that programs may act on. */
export const headers = {
  'X-Request-Id': header('Identifies the request in the log lines.', 'Jf3nXgk5oAMEPjA='),
  Location: header('The address of what was made, as a path.', '/api/v1/workflow-runs/1'),
  'Retry-After': {
    description: 'Seconds to wait before the next request.',
    schema: { type: 'integer', minimum: 0 },
    example: 1,
  },
  RateLimit: header(
    'What is left of a limit (`r`) and the seconds until it is whole again (`t`): `"daily-runs"` is the daily run cap, absent if runs are unlimited; `"requests"` the requests of the tenant.',
    '"daily-runs";r=988;t=42898',
  ),
  'RateLimit-Policy': header('The limit (`q`) and its window in seconds (`w`).', '"daily-runs";q=1000;w=86400'),
  'Idempotent-Replayed': header(
    '`true` if an earlier request with the same Idempotency-Key did this. Absent otherwise.',
    'true',
  ),
  ETag: header(
    'The validator of the answer. Send it as `If-None-Match` to be told 304 while nothing changes, and that of a workflow or endpoint as `If-Match` to change only what you read.',
    '"3q2-7wEjRWeJq83v.Xr0q2YjvD1nF4mE8sK7tPw"',
  ),
  Link: header(
    'The next page of the list (RFC 8288), as a path. Absent on the last page.',
    '</api/v1/workflow-runs?limit=25&cursor=eyJ2IjoxfQ>; rel="next"',
  ),
  'Content-Location': header(
    'The address of what the body shows, as a path. Absent if the body shows a secret, which no GET does.',
    '/api/v1/workflows/1',
  ),
  'WWW-Authenticate': header('How to authenticate. In AWS, API Gateway renames this header.', 'Bearer'),
  Allow: header('The methods of this path.', 'GET, POST'),
} as const satisfies Record<string, Json>;
export type HeaderName = keyof typeof headers;

function header(description: string, example: string): Json {
  return { description, schema: { type: 'string' }, example };
}

export function headersOf(names: readonly HeaderName[]): Json {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** The headers of a success. */
export function successHeaders(operation: Operation, status: number, body: z.core.$ZodType | null): HeaderName[] {
  if (documentOperations.includes(operation)) return ['ETag'];
  const made = status === 201 || status === 202;
  const names: [HeaderName, boolean][] = [
    ['X-Request-Id', true],
    ['Location', made && membersOf(body).includes('id')],
    ['ETag', revalidates(operation) || operation.tagged === true],
    ['Link', isList(operation)],
    ['Content-Location', operation.tagged === true],
    ['Retry-After', status === 202 || membersOf(operation.query).includes('wait_seconds')],
    ['RateLimit', status === 202 && startsRuns(operation)],
    ['RateLimit-Policy', status === 202 && startsRuns(operation)],
    ['Idempotent-Replayed', operation.idempotent === true && (made || operation.replies[202] === undefined)],
  ];
  return names.flatMap(([name, applies]) => (applies ? [name] : []));
}

function startsRuns(operation: Operation): boolean {
  return operation.access !== 'public' && operation.plan === 'start_run';
}

/** The headers of a 304. */
export const notModifiedHeaders: readonly HeaderName[] = ['X-Request-Id', 'ETag', 'Link', 'Retry-After'];

/** The headers of a refusal. */
export function refusalHeaders(status: number): HeaderName[] {
  const own: Readonly<Record<number, readonly HeaderName[]>> = {
    401: ['WWW-Authenticate'],
    405: ['Allow'],
    429: ['Retry-After', 'RateLimit', 'RateLimit-Policy'],
    409: ['Retry-After'],
    503: ['Retry-After'],
  };
  return ['X-Request-Id', ...(own[status] ?? [])];
}
