import { InvalidArgumentError, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { auditIds } from '../../functions/domain/audit-ids';
import { notFound } from '../../functions/domain/errors';
import { permissionSchema, readEmail, withImplied, type Member } from '../../functions/domain/member';
import { OperatorProblem } from './operator-problem';
import type { Perform } from './perform';
import { printTable, printTime } from './print-table';
import { requireTenant } from './require-tenant';

export function addMembers(program: CommandUnknownOpts, perform: Perform): void {
  const members = program.command('members').description('say who may sign in to a tenant, and what they may do there');

  members
    .command('list')
    .description("list a tenant's members")
    .argument('<tenant>', 'its id')
    .action(
      perform(async (session, tenantId) => {
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
            ['e-mail', 'permissions', 'has signed in', 'since'],
            rows,
            `Tenant ${tenantId} has no members.`,
          ),
        };
      }),
    );

  members
    .command('add')
    .description('let a person in; the first account that signs in with this verified e-mail is theirs')
    .argument('<tenant>', 'its id')
    .argument('<email>', 'as the sign-in service knows it', readAddress)
    .addOption(
      new Option('--permission <permission>', '`viewer` reads, `manage_agents` also runs and changes')
        .choices(permissionSchema.options)
        .default('viewer' as const),
    )
    .addHelpText('after', '\nWhoever has no account there yet must be invited: README, "Members".')
    .action(
      perform(async (session, tenantId, email, { permission }) => {
        await requireTenant(session, tenantId);
        const permissions = withImplied([permission]);
        const member: Member = {
          tenant_id: tenantId,
          email,
          permissions,
          created_at: session.now().toISOString(),
        };
        const { created_at: at } = member;
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
            `${email} is a member of ${tenantId} already. Change what they may do with: members permissions ${tenantId} ${email} ${permission}`,
          );
        }
        return { json: viewMember(member), text: `${email} is a member of ${tenantId}: ${permissions.join(', ')}.` };
      }),
    );

  members
    .command('remove')
    .description(
      'let a person in no longer; within 10 seconds. Added again, any account with the e-mail may take the place',
    )
    .argument('<tenant>', 'its id')
    .argument('<email>', 'as listed', readAddress)
    .action(
      perform(async (session, tenantId, email) => {
        await requireTenant(session, tenantId);
        const isRemoved = await session.record(
          tenantId,
          () => session.members.remove(tenantId, email),
          (removed) => (removed ? { action: 'member.removed', target: `member ${email}` } : undefined),
        );
        if (!isRemoved) throw notFound('member');
        return {
          json: { tenant_id: tenantId, email, removed: true },
          text: `${email} is no member of ${tenantId} now.`,
        };
      }),
    );

  members
    .command('permissions')
    .description('change what a member may do')
    .argument('<tenant>', 'its id')
    .argument('<email>', 'as listed', readAddress)
    .addArgument(
      members.createArgument('<permission>', '`manage_agents` includes `viewer`').choices(permissionSchema.options),
    )
    .action(
      perform(async (session, tenantId, email, permission) => {
        await requireTenant(session, tenantId);
        const permissions = withImplied([permission]);
        const detail = { permissions: permissions.join(' ') };
        const deed = { action: 'member.permissions_changed', target: `member ${email}`, detail } as const;
        const isSet = await session.record(
          tenantId,
          () => session.members.setPermissions(tenantId, email, permissions),
          (done) => (done ? deed : undefined),
        );
        if (!isSet) throw notFound('member');
        return {
          json: { tenant_id: tenantId, email, permissions },
          text: `${email} now has in ${tenantId}: ${permissions.join(', ')}.`,
        };
      }),
    );
}

function readAddress(text: string): string {
  const email = readEmail(text);
  if (email !== undefined) return email;
  throw new InvalidArgumentError('Must be an e-mail address in plain ASCII.');
}

function viewMember({ account, ...member }: Member) {
  return { ...member, signed_in_as: account ?? null };
}
