import type { Answer } from '../../e2e/stack';

/** What is asked when a seed did not hit a known finding. */
interface Present {
  readonly call: (method: string, path: string, body?: object) => Promise<Answer>;
}

export interface KnownFinding {
  readonly check: string;
  readonly answer: string;
  readonly operations: readonly string[];
  readonly why: string;
  /** Tells whether the finding is still there, for one that Schemathesis does not hit with every seed. */
  readonly stillSo?: (present: Present) => Promise<boolean>;
}

const changesOfEndpoints = ['POST /api/v1/webhook-endpoints', 'PATCH /api/v1/webhook-endpoints/{endpoint_id}'];

const isRefusedAs = ({ status, body }: Answer, code: string) => status === 422 && body.errors[0].code === code;
const createsAt = (url: string) => ['POST', '/api/v1/webhook-endpoints', { url, events: ['*'] }] as const;

/**
 * Where Schemathesis 4 makes no wrong requests at random, because its generator fails on a map whose values are a schema with
 * a name. Those of the phase `coverage` are still sent.
 */
export const knownErrors = {
  message: 'Cannot generate an array with 1 demanded elements',
  operations: ['POST /api/v1/recipes/validate', 'POST /api/v1/workflows', 'PUT /api/v1/workflows/{workflow_id}'],
} as const;

/**
 * What Schemathesis finds and what stays. The judge fails when it finds something else, and when an entry is not there
 * any more in any of its operations. In which of them it finds one depends on the seed.
 */
export const knownFindings: readonly KnownFinding[] = [
  {
    check: 'positive_data_acceptance',
    answer: '422 invalid_cursor',
    operations: [
      'GET /api/v1/audit-events',
      'GET /api/v1/connected-apps',
      'GET /api/v1/tokens',
      'GET /api/v1/webhook-deliveries',
      'GET /api/v1/webhook-endpoints',
      'GET /api/v1/workflow-runs',
      'GET /api/v1/workflows',
      'GET /api/v1/workflows/{workflow_id}/versions',
      'POST /api/v1/webhook-endpoints/{endpoint_id}/redeliver-failed',
    ],
    why: 'A cursor is opaque: only the API makes one, and no schema can tell a real one from a made-up one.',
  },
  {
    check: 'positive_data_acceptance',
    answer: '400 invalid_number',
    operations: [
      'POST /api/v1/recipes/validate',
      'POST /api/v1/webhook-endpoints/{endpoint_id}/test',
      'POST /api/v1/workflows',
      'POST /api/v1/workflows/{workflow_id}/runs',
      'PUT /api/v1/workflows/{workflow_id}',
    ],
    why: 'JSON Schema cannot say that a number in free JSON must be one that 64-bit floating point holds exactly.',
  },
  {
    check: 'positive_data_acceptance',
    answer: '422 custom',
    operations: ['POST /api/v1/tokens'],
    why: 'Which scopes go together takes conditions (`if`), which Redocly refuses beside closed objects and generators ignore.',
  },
  {
    check: 'positive_data_acceptance',
    answer: '422 invalid_recipe',
    operations: ['POST /api/v1/recipes/validate', 'POST /api/v1/workflows', 'PUT /api/v1/workflows/{workflow_id}'],
    why: 'JSON Schema cannot say that min is not above max, that a default is a choice, or that it is not required too.',
    stillSo: async ({ call }) => {
      const inputs = { n: { type: 'number', min: 2, max: 1 } };
      const body = { inputs, steps: [{ type: 'delay', seconds: 1 }] };
      return isRefusedAs(await call('POST', '/api/v1/recipes/validate', body), 'invalid_recipe');
    },
  },
  {
    check: 'positive_data_acceptance',
    answer: '422 needs_run_id',
    operations: ['GET /api/v1/webhook-deliveries'],
    why: 'OpenAPI cannot say that one parameter needs another.',
    stillSo: async ({ call }) =>
      isRefusedAs(await call('GET', '/api/v1/webhook-deliveries?attempts=true'), 'needs_run_id'),
  },
  {
    check: 'positive_data_acceptance',
    answer: '422 malformed_host',
    operations: changesOfEndpoints,
    why: 'The pattern of a URL does not hold the whole grammar of DNS names, such as 63 characters of a label.',
    stillSo: async ({ call }) =>
      isRefusedAs(await call(...createsAt(`https://${'a'.repeat(64)}.com`)), 'malformed_host'),
  },
  {
    check: 'positive_data_acceptance',
    answer: '422 reserved_name',
    operations: changesOfEndpoints,
    why: 'Hosts such as x.test and x.localhost are reserved by RFC 2606 and others. The list is longer than a pattern.',
    stillSo: async ({ call }) => isRefusedAs(await call(...createsAt('https://x.test')), 'reserved_name'),
  },
  {
    check: 'positive_data_acceptance',
    answer: '422 unknown_header',
    operations: ['PATCH /api/v1/webhook-endpoints/{endpoint_id}'],
    why: 'null keeps the value of a stored header. Whether there is one depends on the endpoint, not on the request.',
  },
  {
    check: 'use_after_free',
    answer: '200',
    operations: ['GET /api/v1/tokens/{token_id}'],
    why: 'DELETE revokes a token. It stays to be read as revoked, because runs and changes name it.',
    stillSo: async ({ call }) => {
      const { body } = await call('POST', '/api/v1/tokens', { name: 'revoked', scopes: ['workflows:read'] });
      await call('DELETE', `/api/v1/tokens/${body.id}`);
      return (await call('GET', `/api/v1/tokens/${body.id}`)).status === 200;
    },
  },
  {
    check: 'unsupported_method',
    answer: '403',
    operations: ['DELETE', 'PATCH', 'POST', 'PUT', 'QUERY', 'TRACE'].map((method) => `${method} /api/v1/reference`),
    why: 'The page is a file of the distribution. CloudFront refuses other methods itself, with 403 and as plain text.',
  },
];
