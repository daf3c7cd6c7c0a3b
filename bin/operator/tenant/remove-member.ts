import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { notFound } from '../../../functions/domain/errors';
import { viewToken } from '../../../functions/domain/tenant/issue-token';
import type { Token } from '../../../functions/domain/tenant/token';
import type { RunCommand } from '../command/run-command';
import type { Session } from '../command/session';
import { printable } from '../terminal/printable';
import { readAddress } from '../terminal/read-argument';
import { requireTenant } from './require-tenant';
import { revokeAppsOf } from './revoke-app';
import { revokeToken } from './revoke-token';
import { listRevokedApps } from './view';

export function addMemberRemoval(members: CommandUnknownOpts, runCommand: RunCommand): void {
  members
    .command('remove')
    .description(
      'remove a member and revoke the apps that they approved; takes effect within 10 seconds. If the e-mail address is added again, any account may be bound to it',
    )
    .argument('<tenant>', 'id of the tenant')
    .argument('<email>', 'e-mail address, as listed', readAddress)
    .option('--revoke', 'also revoke the tokens that the member issued; without it they go on working')
    .action(
      runCommand(async (session, tenantId, email, { revoke = false }) => {
        await requireTenant(session, tenantId);
        const isRemoved = await session.record(
          tenantId,
          () => session.members.remove(tenantId, email),
          (removed) => (removed ? { action: 'member.removed', target: `member ${email}` } : undefined),
        );
        await session.places.free(tenantId, 'members', email);
        // Read after the removal, when the member can approve no further app and issue no further token.
        const apps = await revokeAppsOf(session, tenantId, email);
        const tokens = await activeTokensOf(session, tenantId, email);
        if (revoke) for (const token of tokens) await revokeToken(session, tenantId, token);
        // A second call goes on where an interrupted one stopped, or revokes the tokens that the first one left.
        if (!isRemoved && apps.length === 0 && tokens.length === 0) throw notFound('member');
        const tokenIds = tokens.map(({ id }) => id);
        return {
          json: {
            tenant_id: tenantId,
            email,
            removed: true,
            revoked_apps: apps.map(({ id }) => id),
            revoked_tokens: revoke ? tokenIds : [],
            working_tokens: revoke ? [] : tokenIds,
          },
          text: [
            `${email} is no longer a member of ${tenantId}.`,
            ...listRevokedApps(apps),
            ...whatOf(tenantId, email, tokens, revoke),
          ].join('\n'),
        };
      }),
    );
}

/** The tokens that a member issued and that still work. A program may depend on them, so removing the member leaves them. */
async function activeTokensOf({ tokens, now }: Session, tenantId: string, email: string): Promise<Token[]> {
  const found = await tokens.list(tenantId);
  return found.filter((token) => token.created_by === email && viewToken(token, now()).status === 'active');
}

function whatOf(tenantId: string, email: string, tokens: readonly Token[], areRevoked: boolean): string[] {
  if (tokens.length === 0) return [];
  const list = tokens.map(({ id, name }) => `  ${id}  ${printable(name)}`);
  if (areRevoked) return ['Their tokens are revoked:', ...list];
  return [
    'Tokens that they issued still work:',
    ...list,
    `To end one, run: tokens revoke ${tenantId} <token-id>`,
    `To end all, run: members remove ${tenantId} ${email} --revoke`,
  ];
}
