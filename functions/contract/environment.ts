import * as z from 'zod/mini';

const baseEnvironment = {
  TABLE_NAME: z.string(),
  /** Name of the stage, which is the dimension of every metric. */
  STAGE: z.string(),
};

const ownHostsEnvironment = {
  /**
   * Comma-separated host names of this product. Webhooks to these hosts are refused, and the MCP server accepts
   * requests from pages that they serve.
   */
  OWN_HOSTS: z.pipe(
    z.string(),
    z.transform((list) => list.split(',').filter((host) => host !== '')),
  ),
};

const frontEnvironment = {
  /**
   * Comma-separated secrets, one of which the distribution sends with each request. If it is empty, requests are also
   * accepted without one, which only the build and benchmarks need.
   */
  ORIGIN_SECRETS: z.pipe(
    z.string(),
    z.transform((list) => list.split(',').filter((secret) => secret !== '')),
  ),
};

const signInEnvironment = {
  /** Issuer whose ID tokens are accepted, exactly as in their `iss` claim. If it is empty, nobody can sign in. */
  OIDC_ISSUER: z.string(),
  /** The dashboard's client id at that issuer. If it is empty, nobody can sign in. */
  OIDC_AUDIENCE: z.string(),
};

const addressEnvironment = {
  /**
   * The product's own address, without a trailing slash, such as `https://workflows.example.com`. Problems link to the
   * reference page below it, and it is the issuer of the tokens of connected apps, which open `/mcp` of this address only.
   * The local run sets its own, which is http.
   */
  PUBLIC_ORIGIN: z.string(),
};

const webhookEnvironment = {
  DELIVERY_QUEUE_URL: z.string(),
  ...ownHostsEnvironment,
  /** Set by the local run only: the one origin to which webhooks may go although it is not public https. */
  LOCAL_INBOX_ORIGIN: z.optional(z.string()),
  /** Set by the local run only: comma-separated seconds that replace the retry schedule. */
  RETRY_SECONDS: z.optional(z.string()),
};

const startEnvironment = {
  EXPRESS_STATE_MACHINE_ARN: z.string(),
  STANDARD_STATE_MACHINE_ARN: z.string(),
};

/** For the functions that accept new runs. Recovery does not need it, because it only starts runs already accepted. */
const admissionEnvironment = {
  ...startEnvironment,
  /** `standard` sends every run to the Standard state machine; `auto` to Express. */
  RUN_ENGINE: z.enum(['auto', 'standard']),
  /** Printed in the message that refuses a run above the daily cap. */
  SUPPORT_EMAIL: z.string(),
};

/** For the functions whose callers may wait for a run. */
const waitingEnvironment = {
  /** How many requests of all tenants may wait at the same time; 0 if the account's concurrency leaves no room for it. */
  WAITING_PLACES: z.pipe(z.string(), z.transform(Number)),
};

/** Environment of each function, parsed once in its `handler.ts`. A name means the same in every function. */
export const environmentSchemas = {
  'rest-api': z.object({
    ...baseEnvironment,
    ...admissionEnvironment,
    ...webhookEnvironment,
    ...waitingEnvironment,
    ...frontEnvironment,
    ...signInEnvironment,
    ...addressEnvironment,
  }),
  'mcp-server': z.object({
    ...baseEnvironment,
    ...admissionEnvironment,
    ...waitingEnvironment,
    ...ownHostsEnvironment,
    ...frontEnvironment,
    ...addressEnvironment,
  }),
  'authorization-server': z.object({
    ...baseEnvironment,
    ...ownHostsEnvironment,
    ...frontEnvironment,
    ...signInEnvironment,
    ...addressEnvironment,
  }),
  'run-segment': z.object({ ...baseEnvironment, DELIVERY_QUEUE_URL: z.string() }),
  'deliver-webhook': z.object({ ...baseEnvironment, ...webhookEnvironment }),
  'recover-runs': z.object({ ...baseEnvironment, ...startEnvironment, DELIVERY_QUEUE_URL: z.string() }),
  'reconcile-runs': z.object(baseEnvironment),
} as const;
