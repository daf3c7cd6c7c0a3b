import { Argument, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { notFound } from '../../../functions/domain/errors';
import type { Perform } from '../command/perform';
import { requireTenant } from './require-tenant';
import { viewTenantDetail } from './view';

export function addAuthoring(program: CommandUnknownOpts, perform: Perform): void {
  program
    .command('authoring')
    .description('let a tenant write its own recipes, or leave that to the operator')
    .addArgument(new Argument('<on|off>').choices(['on', 'off']))
    .argument('<tenant>', 'its id')
    .addHelpText('after', '\nOff, tokens with workflows:write stay, but what they write is refused.')
    .action(
      perform(async (session, setting, tenantId) => {
        const authoring = setting === 'on';
        const before = await requireTenant(session, tenantId);
        if (!(await session.tenants.setAuthoring(tenantId, authoring))) throw notFound('tenant');
        await session.record(tenantId, 'tenant.authoring_changed', `tenant ${tenantId}`, { authoring });
        return {
          json: viewTenantDetail({ ...before, authoring }, session.now()),
          text: `Authoring of ${tenantId} is ${setting}.`,
        };
      }),
    );
}
