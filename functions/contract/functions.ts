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

/** The schedule of `recover-runs`. Its timeout is no longer than this, so a pass has ended before the next one begins. */
export const recoveryEveryMinutes = 1;

/** `reconcile-runs` begins no new page after this many seconds. */
export const reconcileBudgetSeconds = 840;

/**
 * How the queue hands deliveries to `deliver-webhook`: up to 500 attempts at once, and never more than a twentieth of the
 * account's default concurrency.
 */
export const deliveryBatches = { maxConcurrency: 50, batchSize: 10 } as const;
