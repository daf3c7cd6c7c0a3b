import { Argument, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { changeExisting } from '../command/change-existing';
import type { RunCommand } from '../command/run-command';
import { requireTenant } from './require-tenant';
import { viewTenantDetail } from './view';

export function addAuthoring(program: CommandUnknownOpts, runCommand: RunCommand): void {
  program
    .command('authoring')
    .description('allow a tenant to write its own recipes, or leave that to the operator')
    .addArgument(new Argument('<on|off>').choices(['on', 'off']))
    .argument('<tenant>', 'id of the tenant')
    .addHelpText(
      'after',
      '\nWhile authoring is off, tokens keep the scope workflows:write, but every write with it is refused.',
    )
    .action(
      runCommand(async (session, setting, tenantId) => {
        const authoring = setting === 'on';
        const before = await requireTenant(session, tenantId);
        const deed = {
          action: 'tenant.authoring_changed',
          target: `tenant ${tenantId}`,
          detail: { authoring },
        } as const;
        await changeExisting(
          session,
          tenantId,
          'tenant',
          () => session.tenants.setAuthoring(tenantId, authoring),
          deed,
        );
        return {
          json: viewTenantDetail({ ...before, authoring }, session.now()),
          text: `Authoring of ${tenantId} is ${setting}.`,
        };
      }),
    );
}
