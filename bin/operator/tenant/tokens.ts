import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { notFound } from '../../../functions/domain/errors';
import { viewToken } from '../../../functions/domain/tenant/issue-token';
import type { RunCommand } from '../command/run-command';
import { printTable, printTime } from '../terminal/table';
import { addTokenCreation } from './create-token';
import { requireTenant } from './require-tenant';
import { revokeToken } from './revoke-token';

export function addTokens(program: CommandUnknownOpts, runCommand: RunCommand): void {
  const tokens = program.command('tokens').description('create, list and revoke tokens for the REST API and MCP');

  addTokenCreation(tokens, runCommand);

  tokens
    .command('list')
    .description("list a tenant's tokens, newest first, without their text")
    .argument('<tenant>', 'id of the tenant')
    .action(
      runCommand(async (session, tenantId) => {
        await requireTenant(session, tenantId);
        const now = session.now();
        const views = (await session.tokens.list(tenantId)).map((token) => viewToken(token, now));
        const rows = views.map((token) => [
          token.id,
          token.name,
          token.kind,
          token.scopes.join(' '),
          token.status,
          printTime(token.expires_at) ?? 'never',
          printTime(token.last_used_at),
          token.created_by,
        ]);
        return {
          json: { data: views },
          text: printTable(
            ['id', 'name', 'kind', 'scopes', 'status', 'expires', 'last used', 'issued by'],
            rows,
            `Tenant ${tenantId} has no tokens.`,
          ),
        };
      }),
    );

  tokens
    .command('revoke')
    .description('revoke a token; it stops working within 10 seconds')
    .argument('<tenant>', 'id of the tenant')
    .argument('<token-id>', 'id of the token as listed, such as tok_…; not its text')
    .action(
      runCommand(async (session, tenantId, tokenId) => {
        await requireTenant(session, tenantId);
        const token = await session.tokens.get(tenantId, tokenId);
        if (token === undefined) throw notFound('token');
        if (token.revoked_at !== null) {
          return {
            json: viewToken(token, session.now()),
            text: `Token ${tokenId} of ${tenantId} had already been revoked.`,
          };
        }
        const revokedAt = await revokeToken(session, tenantId, token);
        return {
          json: viewToken({ ...token, revoked_at: revokedAt }, session.now()),
          text: `Token ${tokenId} of ${tenantId} is revoked.`,
        };
      }),
    );
}
