import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { notFound } from '../../../functions/domain/errors';
import { runningPlans } from '../../../functions/domain/tenant/plan';
import type { Perform } from '../command/perform';
import { capNumber, capUsage, printCap, readCap, storedCap } from './daily-cap';
import { requireTenant } from './require-tenant';
import { viewTenantDetail } from './view';

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
        if (!(await session.tenants.setCap(tenantId, stored))) throw notFound('tenant');
        const [from, cap] = [capNumber(tenant), capNumber(stored)];
        await session.record(tenantId, 'tenant.cap_changed', `tenant ${tenantId}`, { from, cap });
        if (!runningPlans.includes(tenant.plan)) {
          session.warn(
            `This tenant is on ${tenant.plan}, which runs no workflows whatever its cap; see \`plans set\`.`,
          );
        }
        return {
          json: viewTenantDetail({ ...tenant, ...stored }, session.now()),
          text: `The daily run cap of ${tenantId} is ${printCap(cap)} (was ${printCap(from)}).`,
        };
      }),
    );
}
