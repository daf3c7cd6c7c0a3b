import { InvalidArgumentError, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { auditIds } from '../../../functions/domain/tenant/audit-ids';
import { viewToken } from '../../../functions/domain/tenant/issue-token';
import { permissionSchema, readEmail, withImplied, type Member } from '../../../functions/domain/tenant/member';
import type { Token } from '../../../functions/domain/tenant/token';
import { changeExisting } from '../command/change-existing';
import type { RunCommand } from '../command/run-command';
import type { Session } from '../command/session';
import { OperatorProblem } from '../terminal/operator-problem';
import { printTable, printTime } from '../terminal/table';
import { requireTenant } from './require-tenant';
import { revokeToken } from './revoke-token';

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

  members
    .command('remove')
    .description(
      'remove a member; takes effect within 10 seconds. If the e-mail address is added again, any account may be bound to it',
    )
    .argument('<tenant>', 'id of the tenant')
    .argument('<email>', 'e-mail address, as listed', readAddress)
    .option('--revoke-tokens', 'also revoke the tokens that the member issued; without it they go on working')
    .action(
      runCommand(async (session, tenantId, email, { revokeTokens = false }) => {
        await requireTenant(session, tenantId);
        await changeExisting(session, tenantId, 'member', () => session.members.remove(tenantId, email), {
          action: 'member.removed',
          target: `member ${email}`,
        });
        await session.places.free(tenantId, 'members', email);
        // Read after the removal, when the member can issue no further token.
        const tokens = await activeTokensOf(session, tenantId, email);
        if (revokeTokens) for (const token of tokens) await revokeToken(session, tenantId, token);
        return {
          json: {
            tenant_id: tenantId,
            email,
            removed: true,
            tokens: tokens.map(({ id }) => id),
            revoked: revokeTokens,
          },
          text: `${email} is no longer a member of ${tenantId}.${whatOf(tenantId, tokens, revokeTokens)}`,
        };
      }),
    );

  members
    .command('permissions')
    .description('set the permissions of a member')
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
        return {
          json: { tenant_id: tenantId, email, permissions },
          text: `${email} now has these permissions in ${tenantId}: ${permissions.join(', ')}.`,
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

/** The tokens that a member issued and that still work. A program may depend on them, so removing the member leaves them. */
async function activeTokensOf({ tokens, now }: Session, tenantId: string, email: string): Promise<Token[]> {
  const found = await tokens.list(tenantId);
  return found.filter((token) => token.created_by === email && viewToken(token, now()).status === 'active');
}

function whatOf(tenantId: string, tokens: readonly Token[], areRevoked: boolean): string {
  if (tokens.length === 0) return '';
  const list = tokens.map(({ id, name }) => `  ${id}  ${name}`).join('\n');
  return areRevoked
    ? `\nTheir tokens are revoked:\n${list}`
    : `\nTokens that they issued still work:\n${list}\nTo end one, run: tokens revoke ${tenantId} <token-id>`;
}
