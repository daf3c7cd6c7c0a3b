/**
 * What the stack, the Lambda functions and the local run must agree on: function limits,
 * environments, the table's shape and the messages that travel between functions.
 * Imported at synth time and at run time, so it may import nothing but zod.
 */
import * as z from 'zod/mini';

/** Every Lambda function of the product; also the folder that holds its `handler.ts`. */
export const functionNames = [
  'rest-api',
  'mcp-server',
  'run-segment',
  'deliver-webhook',
  'recover-runs',
  'reconcile-runs',
] as const;
export type FunctionName = (typeof functionNames)[number];

interface FunctionLimits {
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
}

/**
 * Timeouts in seconds, memory in MB.
 * - `rest-api` and `mcp-server` stay under the HTTP API's fixed 30 s (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html).
 * - `run-segment` may have to record 50 steps × 50 endpoints.
 * - `deliver-webhook` takes batches of up to 10 and each attempt at most 15 s, all of a batch at once.
 * - `recover-runs` stops taking work after 50 s of its minute.
 * - `reconcile-runs` gets the longest time Lambda gives.
 */
export const functionLimits: Readonly<Record<FunctionName, FunctionLimits>> = {
  'rest-api': { timeoutSeconds: 28, memoryMb: 512 },
  'mcp-server': { timeoutSeconds: 28, memoryMb: 512 },
  'run-segment': { timeoutSeconds: 60, memoryMb: 512 },
  'deliver-webhook': { timeoutSeconds: 30, memoryMb: 512 },
  'recover-runs': { timeoutSeconds: 60, memoryMb: 512 },
  'reconcile-runs': { timeoutSeconds: 900, memoryMb: 512 },
};

/** `recover-runs` takes nothing new after this many seconds. */
export const recoveryBudgetSeconds = 50;
/** `reconcile-runs` begins no new page after this many seconds. */
export const reconcileBudgetSeconds = 840;

/**
 * Of the API's stage, requests a second, for all callers together: there is no limiter per token, so this bounds what a
 * leaked one can spend. A tenth of the account's default, which all APIs of a Region share:
 * docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export const stageThrottle = { rateLimit: 1_000, burstLimit: 2_000 } as const;
/**
 * How the queue hands deliveries to `deliver-webhook`: up to 500 attempts at once, and never more than a twentieth of the
 * account's default concurrency.
 */
export const deliveryBatches = { maxConcurrency: 50, batchSize: 10 } as const;

/** A longer log line loses its last fields: lines are paid by the byte. */
export const maxLogLineBytes = 400;

/**
 * What functions measure beyond what AWS does. Written by `edge/log.ts` as part of log lines; each has the dimension
 * `Stage`, and is told a second time by `code` where the line has one.
 */
export const metricNamespace = 'CoffieldWorkflows';
export interface Metrics {
  /** Runs that were accepted. */
  readonly Accepted?: number;
  /** Requests that were refused; by error code. */
  readonly Refused?: number;
  readonly Succeeded?: number;
  /** Runs that failed; by the run's error code. */
  readonly Failed?: number;
  /** From acceptance to the end of a run, however it ended; by error code. */
  readonly RunMs?: number;
  /** From acceptance to a run's first step; told when it ends. */
  readonly QueueMs?: number;
  /** Accepted runs that Step Functions did not take, first starts and restarts. */
  readonly StartsDeferred?: number;
  /** Attempts at webhook deliveries; by error class, `delivered` when there was none. */
  readonly Attempts?: number;
  /** From the time an attempt was due to its beginning; one value for each attempt. */
  readonly AttemptWaitMs?: readonly number[];
  /** How late the oldest open item is that recovery found, each minute; 0 when nothing is overdue. */
  readonly OldestOverdueSeconds?: number;
  /** Changes that were made and whose audit row could not be written. */
  readonly AuditMissing?: number;
  /** Rows of all tenants that disagree with each other, once a night; 0 when none do. */
  readonly ReconcileDifferences?: number;
}
export type MetricName = keyof Metrics;

/** One table. Key attributes are strings; both indexes project keys only. */
export const tableShape = {
  partitionKey: 'pk',
  sortKey: 'sk',
  /** TTL attribute, epoch seconds. Set on idempotency claims, deliveries and events; never on runs. */
  ttl: 'expires_at_s',
  /** Sparse: whatever is open carries `open_shard` and `due_at` (RFC 3339). */
  openIndex: { name: 'open', partitionKey: 'open_shard', sortKey: 'due_at', shards: 16 },
  /** Runs by workflow, deliveries by endpoint, all tenants. */
  parentIndex: { name: 'by_parent', partitionKey: 'parent', sortKey: 'sk' },
} as const;

/** A stage is a stack of its own, so an account holds as many as wanted. */
export const defaultStage = 'dev';
export function stackNameOf(stage: string): string {
  return `CoffieldWorkflows-${stage}`;
}

/** Outputs of the stack, by which the operator's commands find its resources. */
export const stackOutputs = [
  'ApiUrl',
  'TableName',
  'DeliveryQueueUrl',
  'DeliveryDeadLetterQueueUrl',
  'ExpressStateMachineArn',
  'StandardStateMachineArn',
  'DashboardUrl',
  'DistributionHostName',
  /** The operators' dashboard in CloudWatch. */
  'OperationsUrl',
  /** Log lines of one run, with `{uid}` for the run's. */
  'RunLogsUrl',
  'SignInIssuer',
  'SignInClientId',
] as const;
export type StackOutput = (typeof stackOutputs)[number];

/** Paths of the one address that are the API's, in CloudFront's patterns; all others are the dashboard's. */
export const apiPaths = ['/api/*', '/mcp', '/.well-known/*'] as const;

/** Where people come back to from signing in and signing out. */
export const dashboardPaths = { signedIn: '/signed-in', signedOut: '/' } as const;

/** Names of files in `assets/` carry a hash of their content; all others are asked for again each time. */
export const dashboardCacheControl = {
  assets: 'public, max-age=31536000, immutable',
  documents: 'no-cache',
} as const;

/** The dashboard's `/config.json`: what differs between deployments of one build. */
export interface DashboardConfig {
  /** OpenID Connect issuer, as in its discovery document. */
  readonly issuer: string;
  readonly client_id: string;
  readonly scope: string;
  readonly support_email: string;
  /** Link to the saved log query of one run, with `{uid}` for the run's; only where there are such logs. */
  readonly run_logs_url?: string;
}

/**
 * Execution time limits in seconds. Express ends at 5 minutes whatever we say
 * (docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html); the longest legal recipe
 * waits 50 × 30 s = 1,500 s, so Standard gets that plus margin.
 */
export const machineTimeoutSeconds = { express: 300, standard: 2400 } as const;

/** Recipes that wait this long in total or longer run on Standard. */
export const standardFromDelaySeconds = 240;

/** Name and input of the ASL states, matched by the local run and by tests. */
export const runMachineStates = {
  segment: 'Run segment',
  choice: 'Delay or finish?',
  wait: 'Wait for delay',
  succeeded: 'Run succeeded',
  failed: 'Run failed',
} as const;

/** Input of an execution and of each `run-segment` call: ids and a cursor, never data. */
export const segmentInputSchema = z.object({
  tenant_id: z.string(),
  run_id: z.int(),
  uid: z.string(),
  workflow_id: z.int(),
  workflow_version: z.int(),
  /** Index of the first step not yet performed. */
  cursor: z.int(),
});
export type SegmentInput = z.infer<typeof segmentInputSchema>;

/** What `run-segment` returns: the next state's input. `wait_seconds` is whole and 0 unless `next` is `delay`. */
export interface SegmentOutput extends SegmentInput {
  readonly next: 'delay' | 'succeeded' | 'failed';
  readonly wait_seconds: number;
}

/** Body of a delivery queue message. `attempts` fences duplicates: a message for attempt n of a delivery past it is dropped. */
export const deliveryMessageSchema = z.object({
  tenant_id: z.string(),
  delivery_id: z.string(),
  attempts: z.int(),
});
export type DeliveryMessage = z.infer<typeof deliveryMessageSchema>;

/** The part read of EventBridge's "Step Functions Execution Status Change". */
export const statusChangeSchema = z.object({
  'detail-type': z.literal('Step Functions Execution Status Change'),
  detail: z.object({ status: z.string(), input: z.string() }),
});

/**
 * Input of `recover-runs` by schedule, or by the local run at start: `everything_is_due` treats all
 * open items as overdue, because the local engines keep executions and messages in memory.
 */
export const recoverEventSchema = z.object({
  everything_is_due: z.optional(z.boolean()),
});

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
