import { Argument, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { planSchema, runningPlans } from '../../../functions/domain/tenant/plan';
import { changeExisting } from '../command/change-existing';
import type { RunCommand } from '../command/run-command';
import { capNumber, capUsage, printCap, readCap, storedCap } from './daily-cap';
import { requireTenant } from './require-tenant';
import { viewTenantDetail } from './view';

export function addPlans(program: CommandUnknownOpts, runCommand: RunCommand): void {
  program
    .command('plans')
    .description('set the plan a tenant is on')
    .command('set')
    .description("put a tenant on a plan; its daily run cap becomes the plan's")
    .argument('<tenant>', 'id of the tenant')
    .addArgument(new Argument('<plan>').choices(planSchema.options))
    .option(`--cap ${capUsage}`, "daily run cap, instead of the plan's", readCap, 'plan')
    .addHelpText(
      'after',
      '\nTakes effect with the next run. If the tenant has a cap of its own, it is reset; to keep it, repeat it with --cap.',
    )
    .action(
      runCommand(async (session, tenantId, plan, { cap: choice }) => {
        const before = await requireTenant(session, tenantId);
        const stored = storedCap(plan, choice);
        const cap = capNumber(stored);
        const detail = { from: before.plan, plan, cap };
        const change = { action: 'tenant.plan_changed', target: `tenant ${tenantId}`, detail } as const;
        await changeExisting(
          session,
          tenantId,
          'tenant',
          () => session.tenants.setPlan(tenantId, plan, stored),
          change,
        );
        if (!runningPlans.includes(plan)) {
          session.warn(`The ${plan} plan has no workflows: this tenant runs nothing until it has another.`);
        }
        return {
          json: viewTenantDetail({ ...before, plan, ...stored }, session.now()),
          text: `Tenant ${tenantId} is on ${plan} (was ${before.plan}); its daily run cap is ${printCap(cap)}.`,
        };
      }),
    );
}
