import { randomBytes } from 'node:crypto';
import { Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { planSchema, plans } from '../../../functions/domain/tenant/plan';
import { newTenant, tenantIdSchema } from '../../../functions/domain/tenant/tenant';
import { nameSchema } from '../../../functions/domain/text';
import type { RunCommand } from '../command/run-command';
import { OperatorProblem } from '../terminal/operator-problem';
import { readBy } from '../terminal/read-argument';
import { printTable } from '../terminal/table';
import { capNumber, capUsage, printCap, readCap, storedCap } from './daily-cap';
import { requireTenant } from './require-tenant';
import { printTenant, viewTenant, viewTenantDetail } from './view';

export function addTenants(program: CommandUnknownOpts, runCommand: RunCommand): void {
  const tenants = program.command('tenants').description('list, show and create tenants');

  tenants
    .command('list')
    .description('list all tenants')
    .action(
      runCommand(async (session) => {
        const views = (await session.tenants.list()).map((tenant) => viewTenant(tenant, session.now()));
        const rows = views.map((view) => [
          view.id,
          view.name,
          view.plan,
          `${view.used} of ${printCap(view.cap)}`,
          view.authoring,
        ]);
        return {
          json: { data: views },
          text: printTable(['id', 'name', 'plan', 'runs today', 'authoring'], rows, 'No tenants yet.'),
        };
      }),
    );

  tenants
    .command('show')
    .description('show one tenant, with its runs of the last 30 days')
    .argument('<tenant>', 'id of the tenant')
    .action(
      runCommand(async (session, tenantId) => {
        const view = viewTenantDetail(await requireTenant(session, tenantId), session.now());
        return { json: view, text: printTenant(view) };
      }),
    );

  tenants
    .command('create')
    .description('create a tenant')
    .argument('<id>', 'lower-case letters, digits and hyphens; cannot be changed later', readBy(tenantIdSchema))
    .requiredOption('--name <name>', 'name of the tenant, as people see it', readBy(nameSchema))
    .addOption(new Option('--plan <plan>').choices(planSchema.options).makeOptionMandatory())
    .option(`--cap ${capUsage}`, "daily run cap, instead of the plan's", readCap, 'plan')
    .option('--authoring', 'let the tenant write its own recipes')
    .addHelpText('after', `\nPlans: ${planSentence()}.`)
    .action(
      runCommand(async (session, id, { name, plan, cap, authoring = false }) => {
        const tenant = newTenant(
          { id, name, plan, ...storedCap(plan, cap), authoring },
          randomBytes(32).toString('base64'),
        );
        const detail = { plan, cap: capNumber(tenant), authoring };
        const isCreated = await session.record(
          id,
          () => session.tenants.create(tenant),
          (created) => (created ? { action: 'tenant.created', target: `tenant ${id}`, detail } : undefined),
        );
        if (!isCreated) {
          throw new OperatorProblem(
            'tenant_exists',
            `There is already a tenant ${id}. To see it, run: tenants show ${id}`,
          );
        }
        const view = viewTenantDetail(tenant, session.now());
        return { json: view, text: `Tenant ${id} is created.\n\n${printTenant(view)}` };
      }),
    );
}

function planSentence(): string {
  return planSchema.options.map((plan) => `${plan} (${printCap(plans[plan].dailyRunCap)} runs a day)`).join(', ');
}
