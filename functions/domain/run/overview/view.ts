import * as z from 'zod/mini';
import type { Endpoint } from '../../endpoint/endpoint';
import { healthState, type HealthState } from '../../endpoint/health';
import { endpointViewSchema, viewEndpoint } from '../../endpoint/view';
import { pick } from '../../pick';
import type { Tenant } from '../../tenant/tenant';
import { usageViewSchema, viewUsage } from '../../tenant/usage';
import { runErrorCodeSchema, type Run } from '../run';
import { runViewSchema, viewRun } from '../view';
import type { CountedRuns } from './count-runs';

/** The number of the latest runs, and the most endpoints, that one overview shows. */
export const latestShown = 5;
const endpointsShown = 10;

const dayUsageSchema = z.omit(usageViewSchema, { history: true });

/** What a tenant's people look at first: whether all is well, and what needs one of them. */
export const overviewSchema = z.object({
  day: dayUsageSchema,
  window: z.object({
    since: z.string(),
    complete: z.boolean(),
    counted_upto: z.nullable(z.string()),
  }),
  runs: z.object({
    succeeded: z.int(),
    failed: z.int(),
    cancelled: z.int(),
    running: z.int(),
    queued: z.int(),
  }),
  /** Failed runs by code, the most frequent first. */
  failures: z.array(z.object({ code: runErrorCodeSchema, count: z.int() })),
  /** Null if the caller may not read webhook endpoints. */
  endpoints: z.nullable(
    z.object({
      total: z.int(),
      failing: z.int(),
      disabled_by_failures: z.int(),
      needs_attention: z.array(endpointViewSchema),
    }),
  ),
  latest: z.array(runViewSchema),
});
export type Overview = z.infer<typeof overviewSchema>;

interface Read {
  readonly tenant: Tenant;
  readonly runs: CountedRuns;
  readonly latest: readonly Run[];
  /** Undefined if the caller may not read them. */
  readonly endpoints: readonly Endpoint[] | undefined;
  readonly mayChangeEndpoints: boolean;
  readonly now: Date;
}

export function viewOverview({ tenant, runs, latest, endpoints, mayChangeEndpoints, now }: Read): Overview {
  return {
    day: pick(dayUsageSchema, viewUsage(tenant, now)),
    window: { since: runs.since, complete: runs.countedUpto === null, counted_upto: runs.countedUpto },
    runs: {
      succeeded: runs.succeeded,
      failed: runs.failed,
      cancelled: runs.cancelled,
      running: runs.running,
      queued: runs.queued,
    },
    failures: runErrorCodeSchema.options
      .map((code) => ({ code, count: runs.codes[code] ?? 0 }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count),
    endpoints: endpoints === undefined ? null : viewEndpoints(endpoints, mayChangeEndpoints, now),
    latest: latest.map(viewRun),
  };
}

function viewEndpoints(endpoints: readonly Endpoint[], mayChange: boolean, now: Date): Overview['endpoints'] {
  const inHealth = (health: HealthState) => endpoints.filter((endpoint) => healthState(endpoint) === health);
  const [disabled, failing] = [inHealth('disabled_by_failures'), inHealth('failing')];
  return {
    total: endpoints.length,
    failing: failing.length,
    disabled_by_failures: disabled.length,
    // Those come first that get nothing any more, then those that will be disabled first.
    needs_attention: [...disabled, ...failing.sort((a, b) => sinceOf(a).localeCompare(sinceOf(b)))]
      .slice(0, endpointsShown)
      .map((endpoint) => viewEndpoint(endpoint, now, mayChange)),
  };
}

function sinceOf({ failing_since: since, created_at: created }: Endpoint): string {
  return since ?? created;
}
