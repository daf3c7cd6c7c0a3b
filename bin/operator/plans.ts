import { Argument, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { planSchema } from '../../functions/domain/plan';
import { notFound } from '../../functions/domain/errors';
import { capNumber, capUsage, printCap, readCap, storedCap } from './daily-cap';
import type { Perform } from './perform';
import { requireTenant } from './require-tenant';
import { viewTenantDetail } from './tenant-view';

export function addPlans(program: CommandUnknownOpts, perform: Perform): void {
  program
    .command('plans')
    .description('set the plan a tenant is on')
    .command('set')
    .description("put a tenant on a plan; its daily run cap becomes the plan's")
    .argument('<tenant>', 'its id')
    .addArgument(new Argument('<plan>').choices(planSchema.options))
    .option(`--cap ${capUsage}`, "daily run cap, instead of the plan's", readCap, 'plan')
    .addHelpText(
      'after',
      '\nTakes effect with the next run. A cap of its own that the tenant had is reset; repeat it with --cap to keep it.',
    )
    .action(
      perform(async (session, tenantId, plan, { cap: choice }) => {
        const before = await requireTenant(session, tenantId);
        const stored = storedCap(plan, choice);
        const cap = capNumber(stored);
        const detail = { from: before.plan, plan, cap };
        const deed = { action: 'tenant.plan_changed', target: `tenant ${tenantId}`, detail } as const;
        const isSet = await session.record(
          tenantId,
          () => session.tenants.setPlan(tenantId, plan, stored),
          (done) => (done ? deed : undefined),
        );
        if (!isSet) throw notFound('tenant');
        if (plan === 'starter') {
          session.warn('The starter plan has no workflows: this tenant runs nothing until it has another.');
        }
        return {
          json: viewTenantDetail({ ...before, plan, ...stored }, session.now()),
          text: `Tenant ${tenantId} is on ${plan} (was ${before.plan}); its daily run cap is ${printCap(cap)}.`,
        };
      }),
    );
}
