import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { notFound } from '../../functions/domain/errors';
import { capNumber, capUsage, printCap, readCap, storedCap } from './daily-cap';
import type { Perform } from './perform';
import { requireTenant } from './require-tenant';
import { viewTenantDetail } from './tenant-view';

export function addCaps(program: CommandUnknownOpts, perform: Perform): void {
  program
    .command('caps')
    .description('set how many runs a tenant may start a day')
    .command('set')
    .description("set a tenant's daily run cap")
    .argument('<tenant>', 'its id')
    .argument(capUsage, "accepted runs per UTC day; `plan` goes back to the plan's", readCap)
    .addHelpText('after', '\nTakes effect at once, for today too: runs already accepted stay counted.')
    .action(
      perform(async (session, tenantId, choice) => {
        const tenant = await requireTenant(session, tenantId);
        const stored = storedCap(tenant.plan, choice);
        const [from, cap] = [capNumber(tenant), capNumber(stored)];
        const deed = { action: 'tenant.cap_changed', target: `tenant ${tenantId}`, detail: { from, cap } } as const;
        const isSet = await session.record(
          tenantId,
          () => session.tenants.setCap(tenantId, stored),
          (done) => (done ? deed : undefined),
        );
        if (!isSet) throw notFound('tenant');
        if (tenant.plan === 'starter') {
          session.warn('This tenant is on starter, which runs no workflows whatever its cap; see `plans set`.');
        }
        return {
          json: viewTenantDetail({ ...tenant, ...stored }, session.now()),
          text: `The daily run cap of ${tenantId} is ${printCap(cap)} (was ${printCap(from)}).`,
        };
      }),
    );
}
