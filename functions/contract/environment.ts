import * as z from 'zod/mini';

const baseEnvironment = {
  TABLE_NAME: z.string(),
  /** Dimension of all metrics. */
  STAGE: z.string(),
};

const ownHostsEnvironment = {
  /** Comma-separated host names of this product: refused as webhook targets, accepted as origins of its pages. */
  OWN_HOSTS: z.pipe(
    z.string(),
    z.transform((list) => list.split(',').filter((host) => host !== '')),
  ),
};

const webhookEnvironment = {
  DELIVERY_QUEUE_URL: z.string(),
  ...ownHostsEnvironment,
  /** Set by the local run only: the one origin the guard lets through although it is not public https. */
  LOCAL_INBOX_ORIGIN: z.optional(z.string()),
  /** Set by the local run only: comma-separated seconds that replace the retry schedule. */
  RETRY_SECONDS: z.optional(z.string()),
};

const startEnvironment = {
  EXPRESS_STATE_MACHINE_ARN: z.string(),
  STANDARD_STATE_MACHINE_ARN: z.string(),
};

/** Of the doors through which a run can be asked for; recovery starts what they accepted. */
const admissionEnvironment = {
  ...startEnvironment,
  /** `standard` sends every run to the Standard machine. */
  RUN_ENGINE: z.enum(['auto', 'standard']),
  /** Named in the cap refusal and in the documentation. */
  SUPPORT_EMAIL: z.string(),
};

/** Environment of each function, parsed once in its `handler.ts`. A name means the same in every function. */
export const environmentSchemas = {
  'rest-api': z.object({
    ...baseEnvironment,
    ...admissionEnvironment,
    ...webhookEnvironment,
    /** Whose ID tokens are believed, exactly as in their `iss`. Empty: nobody signs in. */
    OIDC_ISSUER: z.string(),
    /** The dashboard's client id at that issuer. Empty: nobody signs in. */
    OIDC_AUDIENCE: z.string(),
  }),
  'mcp-server': z.object({ ...baseEnvironment, ...admissionEnvironment, ...ownHostsEnvironment }),
  'run-segment': z.object({ ...baseEnvironment, DELIVERY_QUEUE_URL: z.string() }),
  'deliver-webhook': z.object({ ...baseEnvironment, ...webhookEnvironment }),
  'recover-runs': z.object({ ...baseEnvironment, ...startEnvironment, DELIVERY_QUEUE_URL: z.string() }),
  'reconcile-runs': z.object(baseEnvironment),
} as const;
