import * as z from 'zod/mini';
import { maxKeyCharacters } from '../../domain/idempotency';
import { revalidates } from '../../edge/http/revalidate';
import { isObject, type Json } from './json';
import type { Operation } from './operation';
import type { Schemas } from './schemas';
import { pathWords, queryWords } from './words/parameters';

/** `components.parameters`: those that many operations have. */
export const sharedParameters = {
  TenantId: {
    name: 'X-Tenant-Id',
    in: 'header',
    required: false,
    description:
      'The tenant of the call, for members of several tenants who signed in to the dashboard. A token belongs to one tenant.',
    schema: { type: 'string' },
    example: 'acme',
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'Repeats of the same request within 24 hours answer with what the first one did. Printable ASCII without a comma.',
    schema: { type: 'string', minLength: 1, maxLength: maxKeyCharacters, pattern: '^[ -+\\--~]+$' },
    example: '5f2c1d7e-8a0b-4c3d-9e6f-1a2b3c4d5e6f',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description:
      'The ETag of what you read, or several. If somebody edited it since, nothing is written, and the answer is 412 `version_conflict`.',
    schema: { type: 'string' },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'The ETag of an earlier answer. If the answer would be the same, it is 304 without a body.',
    schema: { type: 'string' },
  },
  Traceparent: {
    name: 'traceparent',
    in: 'header',
    required: false,
    description:
      "W3C Trace Context. The run, its log lines and its webhooks go on with the caller's trace; without it, or when it is malformed, they begin a new one. `tracestate` is not passed on.",
    schema: { type: 'string' },
    example: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  },
} as const satisfies Record<string, Json>;

export function parametersOf(operation: Operation, schemas: Schemas): Json[] {
  const shared: [keyof typeof sharedParameters, boolean][] = [
    ['IdempotencyKey', operation.idempotent === true],
    ['IfMatch', operation.takesIfMatch === true],
    ['IfNoneMatch', revalidates(operation)],
    ['Traceparent', operation.access !== 'public' && operation.plan === 'start_run'],
    ['TenantId', operation.access !== 'public'],
  ];
  return [
    ...pathParameters(operation),
    ...queryParameters(operation, schemas),
    ...shared.flatMap(([name, applies]) => (applies ? [{ $ref: `#/components/parameters/${name}` }] : [])),
  ];
}

function pathParameters({ path }: Operation): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
    const { description, example, ...schema } = wordsOf(pathWords, name);
    return { name, in: 'path', required: true, description, schema, example };
  });
}

function queryParameters({ query, operationId }: Operation, schemas: Schemas): Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = querySchema.parse(schemas.inline(query, 'input'));
  return Object.entries(properties).map(([name, schema]) => {
    const { description, example, ...more } = wordsOf(queryWords, name, operationId);
    const own = { ...(isObject(schema) && schema), ...more };
    const shown = example === undefined ? {} : { example };
    return { name, in: 'query', required: required.includes(name), description, schema: own, ...shown };
  });
}

const querySchema = z.object({
  properties: z.optional(z.record(z.string(), z.unknown())),
  required: z.optional(z.array(z.string())),
});

/** @throws Error for a parameter that nobody described */
function wordsOf(words: typeof pathWords, name: string, operationId = '') {
  const found = words[`${operationId}.${name}`] ?? words[name];
  if (found === undefined) throw new Error(`Describe the parameter ${name} of ${operationId} in words/parameters.ts.`);
  return found;
}
