import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { runningPlans } from '../../../functions/domain/tenant/plan';
import { changeExisting } from '../command/change-existing';
import type { RunCommand } from '../command/run-command';
import { capNumber, capUsage, printCap, readCap, storedCap } from './daily-cap';
import { requireTenant } from './require-tenant';
import { viewTenantDetail } from './view';

export function addCaps(program: CommandUnknownOpts, runCommand: RunCommand): void {
  program
    .command('caps')
    .description('set how many runs a tenant may start per day')
    .command('set')
    .description("set a tenant's daily run cap")
    .argument('<tenant>', 'id of the tenant')
    .argument(capUsage, "accepted runs per UTC day; `plan` restores the plan's own cap", readCap)
    .addHelpText('after', '\nTakes effect at once, also for today: runs that were accepted today still count.')
    .action(
      runCommand(async (session, tenantId, choice) => {
        const tenant = await requireTenant(session, tenantId);
        const stored = storedCap(tenant.plan, choice);
        const [from, cap] = [capNumber(tenant), capNumber(stored)];
        const change = { action: 'tenant.cap_changed', target: `tenant ${tenantId}`, detail: { from, cap } } as const;
        await changeExisting(session, tenantId, 'tenant', () => session.tenants.setCap(tenantId, stored), change);
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
