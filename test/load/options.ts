import type { History } from './history/record';

export interface LoadOptions {
  /** Number of triggers, sent concurrently for four tenants. */
  readonly runs: number;
  /**
   * How often the whole local run is killed with `kill -9` while it accepts runs. Each time it is restarted on the same
   * data.
   */
  readonly kills: number;
  /**
   * Callers send an idempotency key, so a repeated trigger starts no second run. Without a key, a trigger that got no
   * response may have started a run all the same.
   */
  readonly withKeys: boolean;
  /** Settles at once, as recovery would a minute later, instead of waiting for it. */
  readonly settleAtOnce: boolean;
  /**
   * Other clients cancel, rerun and read meanwhile, and all requests are noted here, to be judged for linearizability.
   * Without it nobody does, and each run must succeed.
   */
  readonly history?: History;
  readonly report?: (line: string) => void;
}
