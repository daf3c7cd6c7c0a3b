import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { notFound } from '../../../functions/domain/errors';
import { isAppId, viewConnectedApp } from '../../../functions/domain/tenant/connected-app';
import type { RunCommand } from '../command/run-command';
import { printTable, printTime } from '../terminal/table';
import { requireTenant } from './require-tenant';
import { revokeApp } from './revoke-app';

export function addApps(program: CommandUnknownOpts, runCommand: RunCommand): void {
  const apps = program.command('apps').description('list and revoke the apps that members approved for MCP');

  apps
    .command('list')
    .description("list a tenant's connected apps, newest first; an app that ended stays listed for 90 days")
    .argument('<tenant>', 'id of the tenant')
    .action(
      runCommand(async (session, tenantId) => {
        await requireTenant(session, tenantId);
        const now = session.now();
        const views = (await session.connectedApps.list(tenantId)).map((app) => viewConnectedApp(app, now));
        const rows = views.map((app) => [
          app.id,
          app.name,
          app.host,
          app.scope,
          app.approved_by,
          app.status,
          printTime(app.expires_at),
          printTime(app.last_used_at),
        ]);
        return {
          json: { data: views },
          text: printTable(
            ['id', 'name', 'proven by', 'scope', 'approved by', 'status', 'expires', 'last used'],
            rows,
            `Tenant ${tenantId} has no connected apps.`,
          ),
        };
      }),
    );

  apps
    .command('revoke')
    .description('revoke a connected app; all its tokens stop working within 10 seconds')
    .argument('<tenant>', 'id of the tenant')
    .argument('<app-id>', 'id of the app as listed, such as app_…')
    .action(
      runCommand(async (session, tenantId, appId) => {
        await requireTenant(session, tenantId);
        const app = isAppId(appId) ? await session.connectedApps.get(tenantId, appId) : undefined;
        if (app === undefined) throw notFound('connected app');
        const wasRevoked = app.revoked_at !== null;
        if (!wasRevoked) await revokeApp(session, tenantId, app, 'revoked');
        // Read again: another call may have ended it first, for a reason of its own.
        const ended = (await session.connectedApps.get(tenantId, appId)) ?? app;
        return {
          json: viewConnectedApp(ended, session.now()),
          text: `App ${appId} of ${tenantId} ${wasRevoked ? 'had already been revoked' : 'is revoked'}.`,
        };
      }),
    );
}
