import type { ProductError } from '../../domain/errors';
import { limitOf } from '../../domain/tenant/limits';
import { leaseSize, limitIn, rateLimited, rateWindow, type RateScope } from '../../domain/tenant/request-rate';
import type { Tenant } from '../../domain/tenant/tenant';
import type { Caller } from '../http/caller';
import { errorFields, type Log } from '../log/log';

export interface RequestRateDeps {
  readonly requestCounter: {
    take(
      tenantId: string,
      counted: { readonly scope: RateScope; readonly window: string; readonly resetsAt: Date },
      count: number,
      limit: number,
    ): Promise<boolean>;
  };
  readonly now: () => Date;
  readonly log: Log;
}

/** Refuses a request above the rate of its tenant or of its credential; undefined admits it. */
export type JudgeRate = (caller: Caller) => Promise<ProductError | undefined>;

/** What this function instance knows of one scope in one minute. */
interface Share {
  readonly window: string;
  readonly resetsAt: Date;
  used: number;
  /** Requests that may be admitted without asking again. The first is free, so an occasional caller costs no write. */
  granted: number;
  /** Requests that were taken from the shared count. */
  taken: number;
  isExhausted: boolean;
  lease: Promise<void> | undefined;
}

/** More scopes than one instance serves in a minute. If there are more, the oldest begin anew with a free request. */
const keptShares = 5_000;

/**
 * Judges the rate of requests over all function instances. Each instance admits requests from leases that it takes from the
 * shared count. If the count cannot be reached, requests are admitted: a limiter must not become an outage.
 */
export function requestRate(deps: RequestRateDeps, tenantOf: (tenantId: string) => Promise<Tenant>): JudgeRate {
  const shares = new Map<string, Share>();

  function shareOf(key: string): Share {
    const { name: window, resetsAt } = rateWindow(deps.now());
    const known = shares.get(key);
    if (known?.window === window) return known;
    const share = { window, resetsAt, used: 0, granted: 1, taken: 0, isExhausted: false, lease: undefined };
    shares.delete(key);
    shares.set(key, share);
    for (const oldest of shares.keys()) {
      if (shares.size <= keptShares) break;
      shares.delete(oldest);
    }
    return share;
  }

  async function takeLease(tenantId: string, scope: RateScope, share: Share, limit: number): Promise<void> {
    const size = leaseSize(share.granted, limit);
    const count = share.granted + size - share.taken;
    try {
      if (await deps.requestCounter.take(tenantId, { ...share, scope }, count, limit)) share.taken += count;
      else share.isExhausted = true;
    } catch (error) {
      deps.log('warn', { event: 'rate_unknown', tenant: tenantId, ...errorFields(error) });
    }
    share.granted += size;
  }

  async function judge(tenantId: string, scope: RateScope): Promise<ProductError | undefined> {
    const share = shareOf(`${tenantId} ${scope}`);
    share.used += 1;
    const position = share.used;
    if (position <= share.granted && !share.isExhausted) return undefined;
    const limit = limitIn(scope, limitOf(await tenantOf(tenantId), 'requests_per_minute'));
    for (;;) {
      if (share.isExhausted) return rateLimited(scope, limit, share.resetsAt, deps.now());
      if (position <= share.granted) return undefined;
      // Requests that arrive meanwhile share the lease.
      share.lease ??= takeLease(tenantId, scope, share, limit).finally(() => (share.lease = undefined));
      await share.lease;
    }
  }

  return async ({ tenantId, credential }) => (await judge(tenantId, credential)) ?? judge(tenantId, 'tenant');
}
