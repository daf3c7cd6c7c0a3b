import * as z from 'zod/mini';
import { productVersion } from '../../contract/version';
import { errorCodes, type ErrorCode } from '../../domain/errors';
import { maxKeyCharacters } from '../../domain/idempotency';
import { stepTypesInWords } from '../../domain/workflow/recipe';
import type { Access } from '../../edge/http/caller';
import { jsonSchema } from '../../edge/http/json-schema';
import { problems } from '../../edge/http/problem';
import type { Route } from '../../edge/http/route';
import { tagOf, tags } from './tags';

type Json = Record<string, unknown>;

/** Error codes that every guarded route can answer with. */
const guardedErrors: readonly ErrorCode[] = [
  'unauthenticated',
  'plan_required',
  'insufficient_scope',
  'permission_required',
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

export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(errorCodes),
  request_id: z.string(),
  /** Each names its place by exactly one of the first three. */
  errors: z.array(
    z.object({
      pointer: z.optional(z.string()),
      parameter: z.optional(z.string()),
      header: z.optional(z.string()),
      code: z.string(),
      detail: z.string(),
    }),
  ),
  /** Present with `daily_cap_reached` only. */
  resets_at: z.optional(z.string()),
});

/** The OpenAPI 3.1 description of `routes`, generated from the schemas that parse their requests. */
export function openApiDocument(routes: readonly Route[]) {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Workflows API',
      version: productVersion,
      description:
        `Runs named recipes of the steps ${stepTypesInWords()}. Ids are per tenant; times are RFC 3339 UTC; a KB is 1,024 ` +
        'bytes.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags,
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An access token, cwf_pat_…' },
        sign_in: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: "The dashboard's ID token; a member of several tenants names one in X-Tenant-Id.",
        },
      },
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
    },
  };
}

function operation(route: Route): Json {
  const isPublic = route.access === 'public';
  const errors = [...route.errors, ...(isPublic ? [] : guardedErrors), ...(route.body === undefined ? [] : bodyErrors)];
  return {
    operationId: route.operationId,
    summary: route.summary,
    description: route.access === 'public' ? 'Anybody, without a token.' : whoMayCall(route.access),
    tags: [tagOf(route)],
    security: route.access === 'public' ? [] : securityOf(route.access),
    parameters: [...pathParameters(route), ...queryParameters(route), ...headerParameters(route)],
    ...(route.body !== undefined && {
      requestBody: { content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } },
    }),
    responses: { ...successes(route), ...refusals(errors), ...(isPublic && refusedInFront) },
  };
}

/** A public call can be refused only by what is in front of the product, which does not answer with problems. */
const refusedInFront: Json = {
  429: { description: 'Too many requests. API Gateway or the firewall answers so, and not with a problem.' },
};

function whoMayCall({ scope, permission }: Access): string {
  const member = `a member with the permission \`${permission}\` who signed in to the dashboard`;
  if (scope === 'none') return `Only ${member}.`;
  return scope === 'any' ? `Any access token, or ${member}.` : `A token with the scope \`${scope}\`, or ${member}.`;
}

function securityOf({ scope }: Access): Json[] {
  return scope === 'none' ? [{ sign_in: [] }] : [{ token: [] }, { sign_in: [] }];
}

function pathParameters(route: Route): Json[] {
  return [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: /^((workflow|run)_id|version)$/.test(name) ? 'integer' : 'string' },
  }));
}

function queryParameters({ query }: Route): Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = z
    .object({ properties: z.optional(z.record(z.string(), z.unknown())), required: z.optional(z.array(z.string())) })
    .parse(jsonSchema(query, 'input'));
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}

function headerParameters(route: Route): Json[] {
  const startsRuns = route.access !== 'public' && route.plan === 'start_run';
  return [
    ...(route.idempotent === true
      ? [
          headerParameter(
            'Idempotency-Key',
            'Repeats of the same request within 24 hours answer with what the first one made.',
            { type: 'string', minLength: 1, maxLength: maxKeyCharacters },
          ),
        ]
      : []),
    ...(startsRuns
      ? [
          headerParameter(
            'traceparent',
            "W3C Trace Context. The run, its log lines and its webhooks go on with the caller's trace; without it, or when it is malformed, they begin a new one. `tracestate` is not passed on.",
            { type: 'string' },
          ),
        ]
      : []),
  ];
}

function headerParameter(name: string, description: string, schema: Json): Json {
  return { name, in: 'header', required: false, description, schema };
}

function successes(route: Route): Json {
  return Object.fromEntries(
    Object.entries(route.replies).map(([status, schema]) => [
      status,
      {
        description: statusText[status] ?? 'Done',
        ...(schema !== null && { content: { [contentType(route)]: { schema: jsonSchema(schema, 'output') } } }),
      },
    ]),
  );
}

const statusText: Readonly<Record<string, string>> = { 200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No content' };

function contentType(route: Route): string {
  return route.mediaType ?? 'application/json';
}

function refusals(errors: readonly ErrorCode[]): Json {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(errors))
    byStatus.set(problems[code].status, [...(byStatus.get(problems[code].status) ?? []), code]);
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [status, { description: codes.join(', '), content }]),
  );
}
