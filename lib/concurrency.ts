/** Lambda keeps this much of an account's concurrency unreserved: docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
export const alwaysUnreserved = 100;

/** AWS's default quota of concurrent executions. A new account may begin with 10. */
export const usualConcurrency = 1_000;

/** The stage's throttle in an account with the usual quota or more; see `stageThrottle`. */
interface Throttle {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

/** How the account's concurrency is divided among the functions. */
export interface Concurrency {
  /** Undefined: the function shares what is not reserved. */
  readonly restApi: number | undefined;
  readonly mcpServer: number | undefined;
  readonly authorizationServer: number | undefined;
  readonly recoverRuns: number | undefined;
  /** Requests of all tenants that may wait for a run at the same time. */
  readonly waitingPlaces: number;
  readonly throttle: Throttle;
}

/**
 * Bounds the three functions that strangers and tenants call, so that however many requests arrive, more than half of the
 * account's concurrency is left for `run-segment`, `deliver-webhook` and the account's other functions. A reservation is
 * also a maximum. With 1,000: 300 for the REST API, 150 for MCP, 40 for connecting apps, 1 for recovery, and 509 for the others; `deliver-webhook`
 * uses 50 at most. Half of MCP's share may wait for runs.
 *
 * Below about 195 Lambda leaves nothing to reserve. The stage's throttle then bounds requests instead: a request takes about a
 * tenth of a second, so as many requests a second as the quota keep a tenth of it busy. Nothing waits, because twenty
 * seconds of waiting would be two hundred requests.
 */
export function concurrencyOf(quota: number, throttle: Throttle): Concurrency {
  const share = (part: number) => Math.floor(quota * part);
  const [restApi, mcpServer, authorizationServer, recoverRuns] = [share(0.3), share(0.15), share(0.04), 1];
  const bounded = {
    rateLimit: Math.min(throttle.rateLimit, quota),
    burstLimit: Math.min(throttle.burstLimit, 2 * quota),
  };
  const divided = {
    restApi,
    mcpServer,
    authorizationServer,
    recoverRuns,
    waitingPlaces: Math.floor(mcpServer / 2),
    throttle: bounded,
  };
  const fits = reservedIn(divided) <= quota - alwaysUnreserved;
  return fits ? divided : { ...nothingReserved, throttle: bounded };
}

/** How many concurrent executions the functions of a stage reserve in all. */
export function reservedIn({ restApi, mcpServer, authorizationServer, recoverRuns }: Concurrency): number {
  return [restApi, mcpServer, authorizationServer, recoverRuns].reduce<number>((sum, one) => sum + (one ?? 0), 0);
}

const nothingReserved = {
  restApi: undefined,
  mcpServer: undefined,
  authorizationServer: undefined,
  recoverRuns: undefined,
  waitingPlaces: 0,
};
