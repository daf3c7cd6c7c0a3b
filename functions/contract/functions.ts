/** Every Lambda function of the product; also the folder that holds its `handler.ts`. */
export const functionNames = [
  'rest-api',
  'mcp-server',
  'authorization-server',
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
 * - `rest-api`, `mcp-server` and `authorization-server` stay under the HTTP API's fixed 30 s (docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html).
 * - `run-segment` may have to store the deliveries of 50 steps to 50 endpoints each.
 * - `deliver-webhook` makes the up to 10 attempts of a batch in parallel, and each takes at most 15 s.
 * - `recover-runs` runs once a minute and starts no new work after 50 s.
 * - `reconcile-runs` has the longest timeout that Lambda allows.
 */
export const functionLimits: Readonly<Record<FunctionName, FunctionLimits>> = {
  'rest-api': { timeoutSeconds: 28, memoryMb: 512 },
  'mcp-server': { timeoutSeconds: 28, memoryMb: 512 },
  'authorization-server': { timeoutSeconds: 28, memoryMb: 512 },
  'run-segment': { timeoutSeconds: 60, memoryMb: 512 },
  'deliver-webhook': { timeoutSeconds: 30, memoryMb: 512 },
  'recover-runs': { timeoutSeconds: 60, memoryMb: 512 },
  'reconcile-runs': { timeoutSeconds: 900, memoryMb: 512 },
};

/** `recover-runs` starts no new work after this many seconds. */
export const recoveryBudgetSeconds = 50;

/** The schedule of `recover-runs`. Its timeout is no longer than this, so a pass has ended before the next one begins. */
export const recoveryEveryMinutes = 1;

/** `reconcile-runs` begins no new page after this many seconds. */
export const reconcileBudgetSeconds = 840;

/**
 * How Lambda reads the delivery queue for `deliver-webhook`: 50 concurrent calls of 10 messages make up to 500 attempts
 * at once, and use no more than a twentieth of the account's default concurrency of 1,000.
 */
export const deliveryBatches = { maxConcurrency: 50, batchSize: 10 } as const;
