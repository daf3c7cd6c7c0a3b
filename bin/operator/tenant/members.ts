import { Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { auditIds } from '../../../functions/domain/tenant/audit-ids';
import { permissionSchema, withImplied, type Member } from '../../../functions/domain/tenant/member';
import { changeExisting } from '../command/change-existing';
import type { RunCommand } from '../command/run-command';
import { OperatorProblem } from '../terminal/operator-problem';
import { readAddress } from '../terminal/read-argument';
import { printTable, printTime } from '../terminal/table';
import { addMemberRemoval } from './remove-member';
import { requireTenant } from './require-tenant';
import { revokeAppsOf } from './revoke-app';
import { listRevokedApps } from './view';

export function addMembers(program: CommandUnknownOpts, runCommand: RunCommand): void {
  const members = program
    .command('members')
    .description('manage who may sign in to a tenant, and what they may do there');

  members
    .command('list')
    .description("list a tenant's members")
    .argument('<tenant>', 'id of the tenant')
    .action(
      runCommand(async (session, tenantId) => {
        await requireTenant(session, tenantId);
        const found = await session.members.list(tenantId);
        const rows = found.map(({ email, permissions, account, created_at }) => [
          email,
          permissions.join(' '),
          account !== undefined,
          printTime(created_at),
        ]);
        return {
          json: { data: found.map(viewMember) },
          text: printTable(
            ['e-mail', 'permissions', 'has signed in', 'member since'],
            rows,
            `Tenant ${tenantId} has no members.`,
          ),
        };
      }),
    );

  members
    .command('add')
    .description('add a member; the first account that signs in with this verified e-mail address is bound to it')
    .argument('<tenant>', 'id of the tenant')
    .argument('<email>', 'e-mail address, as in the sign-in service', readAddress)
    .addOption(
      new Option('--permission <permission>', '`viewer` may read, `manage_agents` may also start runs and make changes')
        .choices(permissionSchema.options)
        .default('viewer' as const),
    )
    .addHelpText(
      'after',
      '\nSomebody who has no account in the sign-in service yet must be invited: see docs/people.md.',
    )
    .action(
      runCommand(async (session, tenantId, email, { permission }) => {
        await requireTenant(session, tenantId);
        const permissions = withImplied([permission]);
        const member: Member = {
          tenant_id: tenantId,
          email,
          permissions,
          created_at: session.now().toISOString(),
        };
        const { created_at: at } = member;
        await session.places.take(tenantId, 'members', email, new Date(at));
        const isAdded = await session.record(
          tenantId,
          () => session.members.add(member),
          (added) =>
            added
              ? {
                  id: auditIds.memberAdded(email, at),
                  at,
                  action: 'member.added',
                  target: `member ${email}`,
                  detail: { permissions: permissions.join(' ') },
                }
              : undefined,
        );
        if (!isAdded) {
          throw new OperatorProblem(
            'member_exists',
            `${email} is already a member of ${tenantId}. To change their permissions, run: members permissions ${tenantId} ${email} ${permission}`,
          );
        }
        return { json: viewMember(member), text: `${email} is a member of ${tenantId}: ${permissions.join(', ')}.` };
      }),
    );

  addMemberRemoval(members, runCommand);

  members
    .command('permissions')
    .description('set the permissions of a member; `viewer` also revokes the apps that the member approved')
    .argument('<tenant>', 'id of the tenant')
    .argument('<email>', 'e-mail address, as listed', readAddress)
    .addArgument(
      members.createArgument('<permission>', '`manage_agents` includes `viewer`').choices(permissionSchema.options),
    )
    .action(
      runCommand(async (session, tenantId, email, permission) => {
        await requireTenant(session, tenantId);
        const permissions = withImplied([permission]);
        const detail = { permissions: permissions.join(' ') };
        const deed = { action: 'member.permissions_changed', target: `member ${email}`, detail } as const;
        await changeExisting(
          session,
          tenantId,
          'member',
          () => session.members.setPermissions(tenantId, email, permissions),
          deed,
        );
        const apps = permissions.includes('manage_agents') ? [] : await revokeAppsOf(session, tenantId, email);
        return {
          json: { tenant_id: tenantId, email, permissions, revoked_apps: apps.map(({ id }) => id) },
          text: [
            `${email} now has these permissions in ${tenantId}: ${permissions.join(', ')}.`,
            ...listRevokedApps(apps),
          ].join('\n'),
        };
      }),
    );
}

function viewMember({ account, ...member }: Member) {
  return { ...member, signed_in_as: account ?? null };
}
