import { Argument, InvalidArgumentError, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { defaultLimit, limitNames, limitOf, rulesOf, type LimitName } from '../../../functions/domain/tenant/limits';
import type { Tenant } from '../../../functions/domain/tenant/tenant';
import { changeExisting } from '../command/change-existing';
import type { RunCommand } from '../command/run-command';
import { OperatorProblem } from '../terminal/operator-problem';
import { readWholeNumber } from '../terminal/read-argument';
import { printTable } from '../terminal/table';
import { requireTenant } from './require-tenant';

const largestMax = Math.max(...limitNames.map((name) => rulesOf(name).max));

export function addLimits(program: CommandUnknownOpts, runCommand: RunCommand): void {
  const commands = program.command('limits').description('list and change the other limits of a tenant');

  commands
    .command('list')
    .description('list all limits of a tenant that can be changed')
    .argument('<tenant>', 'id of the tenant')
    .action(
      runCommand(async (session, tenantId) => {
        const tenant = await requireTenant(session, tenantId);
        const views = limitNames.map((name) => viewLimit(tenant, name));
        const rows = views.map((view) => [
          view.name,
          view.limit,
          view.default,
          `${view.min} to ${view.max}`,
          view.bounds,
        ]);
        return {
          json: { data: views },
          text: printTable(['name', 'limit', 'default', 'allowed', 'what it bounds'], rows, ''),
        };
      }),
    );

  commands
    .command('set')
    .description('change one limit of one tenant')
    .argument('<tenant>', 'id of the tenant')
    .addArgument(new Argument('<name>', 'which limit').choices(limitNames))
    .argument('<number|default>', 'the new limit; `default` restores the one of the product', readChoice)
    .addHelpText(
      'after',
      '\nA tenant that has more than a lowered limit keeps what it has, and can add nothing until it has less.',
    )
    .action(
      runCommand(async (session, tenantId, name, choice) => {
        const tenant = await requireTenant(session, tenantId);
        const value = choice === 'default' ? undefined : requireAllowed(name, choice);
        const from = limitOf(tenant, name);
        const to = value ?? defaultLimit(tenant.plan, name);
        const change = {
          action: 'tenant.limit_changed',
          target: `tenant ${tenantId}`,
          detail: { name, from, to },
        } as const;
        await changeExisting(session, tenantId, 'tenant', () => session.limits.set(tenantId, name, value), change);
        return {
          json: { ...viewLimit(tenant, name), limit: to },
          text: `The limit ${name} of ${tenantId} is ${to} (was ${from}).`,
        };
      }),
    );
}

function viewLimit(tenant: Tenant, name: LimitName) {
  const { min, max, unit, bounds } = rulesOf(name);
  return { name, limit: limitOf(tenant, name), default: defaultLimit(tenant.plan, name), min, max, unit, bounds };
}

function readChoice(text: string): number | 'default' {
  if (text === 'default') return text;
  try {
    return readWholeNumber(0, largestMax)(text);
  } catch {
    throw new InvalidArgumentError(`Must be a number from 0 to ${largestMax}, or "default".`);
  }
}

function requireAllowed(name: LimitName, value: number): number {
  const { min, max, unit } = rulesOf(name);
  if (value >= min && value <= max) return value;
  throw new OperatorProblem('limit_not_allowed', `${name} can be set to ${min} to ${max} ${unit}, not to ${value}.`);
}
