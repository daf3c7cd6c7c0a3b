import { notFound } from '../../domain/errors';
import { countRuns } from '../../domain/run/overview/count-runs';
import { latestShown, overviewSchema, viewOverview } from '../../domain/run/overview/view';
import { hasAccess } from '../../edge/http/caller';
import type { GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';
import { mayChangeEndpoints } from '../endpoint/may-change';

type OverviewDeps = Pick<RestApiDeps, 'tallies' | 'runList' | 'endpoints' | 'now'>;

export function getOverview({ tallies, runList, endpoints, now }: OverviewDeps): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/overview',
    operationId: 'getOverview',
    summary: 'How runs and webhook endpoints do, and what needs a person, in one answer',
    access: { scope: 'workflows:read', permission: 'viewer' },
    replies: { 200: overviewSchema },
    errors: [],
    act: async ({ caller }) => {
      const { tenantId } = caller;
      const mayRead = hasAccess(caller, { scope: 'webhooks:read', permission: 'viewer' });
      const at = now();
      const counted = async () => {
        const { tenant, tally } = await tallies.read(tenantId);
        if (tenant === undefined) throw notFound('tenant');
        return { tenant, runs: await countRuns({ tallies }, { tenant, tally, now: at }) };
      };
      const [{ tenant, runs }, { runs: latest }, all] = await Promise.all([
        counted(),
        runList.list(tenantId, {}, latestShown),
        mayRead ? endpoints.list(tenantId) : undefined,
      ]);
      return {
        status: 200,
        body: viewOverview({
          ...{ tenant, runs, latest, endpoints: all, now: at },
          mayChangeEndpoints: mayChangeEndpoints(caller),
        }),
      };
    },
  };
}
