import { Argument, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { notFound } from '../../functions/domain/errors';
import type { Perform } from './perform';
import { requireTenant } from './require-tenant';
import { viewTenantDetail } from './tenant-view';

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
        const deed = {
          action: 'tenant.authoring_changed',
          target: `tenant ${tenantId}`,
          detail: { authoring },
        } as const;
        const isSet = await session.record(
          tenantId,
          () => session.tenants.setAuthoring(tenantId, authoring),
          (done) => (done ? deed : undefined),
        );
        if (!isSet) throw notFound('tenant');
        return {
          json: viewTenantDetail({ ...before, authoring }, session.now()),
          text: `Authoring of ${tenantId} is ${setting}.`,
        };
      }),
    );
}
