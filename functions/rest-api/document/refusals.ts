import type { ErrorCode } from '../../domain/errors';
import { problems } from '../../edge/http/problem';
import { headersOf, notModifiedHeaders, refusalHeaders } from './headers';
import type { Json } from './json';
import type { Operation } from './operation';

/** Error codes that every guarded route can answer with. */
const guardedErrors: readonly ErrorCode[] = [
  'unauthenticated',
  'plan_required',
  'insufficient_scope',
  'permission_required',
  'method_not_allowed',
  'rate_limited',
  'internal',
  'unavailable',
];
const bodyErrors: readonly ErrorCode[] = [
  'unsupported_media_type',
  'malformed_json',
  'invalid_number',
  'payload_too_large',
];

/** The responses of the refusals of an operation: one for each status, which names the codes. */
export function refusalsOf({ errors, body }: Operation): Json {
  const codes = new Set([...errors, ...guardedErrors, ...(body === undefined ? [] : bodyErrors)]);
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, own]) => [status, shared(status, own) ?? refusal(status, own)]),
  );
}

/** Refusals that mean the same in every operation are described once. */
const sharedRefusals = {
  MalformedBody: ['malformed_json', 'invalid_number'],
  Unauthenticated: ['unauthenticated'],
  Forbidden: ['plan_required', 'insufficient_scope', 'permission_required'],
  NotFound: ['not_found'],
  MethodNotAllowed: ['method_not_allowed'],
  PayloadTooLarge: ['payload_too_large'],
  UnsupportedMediaType: ['unsupported_media_type'],
  VersionConflict: ['version_conflict'],
  InvalidRequest: ['invalid_request'],
  TooManyRequests: ['rate_limited'],
  DailyCapReached: ['daily_cap_reached', 'rate_limited'],
  InternalError: ['internal'],
  Unavailable: ['unavailable'],
} as const satisfies Record<string, readonly ErrorCode[]>;

/** `components.responses`. */
export const sharedResponses: Json = {
  NotModified: {
    description: 'Not modified: the answer that the ETag names is still right.',
    headers: headersOf(notModifiedHeaders),
  },
  ...Object.fromEntries(
    Object.entries(sharedRefusals).map(([name, codes]) => [name, refusal(problems[codes[0]].status, codes)]),
  ),
};

function shared(status: number, codes: readonly ErrorCode[]): Json | undefined {
  const found = Object.entries(sharedRefusals).find(
    ([, own]) => problems[own[0]].status === status && sameCodes(own, codes),
  );
  return found && { $ref: `#/components/responses/${found[0]}` };
}

function sameCodes(one: readonly ErrorCode[], other: readonly ErrorCode[]): boolean {
  return one.length === other.length && one.every((code) => other.includes(code));
}

function refusal(status: number, codes: readonly ErrorCode[]): Json {
  const words = codes.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' ');
  return {
    description: words,
    headers: headersOf(refusalHeaders(status)),
    content: {
      'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, example: problemExample(codes) },
    },
  };
}

function problemExample([code = 'internal']: readonly ErrorCode[]): Json {
  const { status, title } = problems[code];
  return {
    type: `https://workflows.example.com/api/v1/reference#${code}`,
    title,
    status,
    detail: `${title}. The sentence says what to do.`,
    code,
    request_id: 'Jf3nXgk5oAMEPjA=',
    errors: [],
  };
}

/** A public call can be refused only by what is in front of the product, which does not answer with problems. */
export const refusedInFront: Json = {
  429: { description: 'Too many requests. API Gateway or the firewall answers so, and not with a problem.' },
};
