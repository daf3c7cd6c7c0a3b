import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { notFound } from '../../functions/domain/errors';
import { isUsable, type Token } from '../../functions/domain/token';
import { addTokenCreation } from './create-token';
import type { Perform } from './perform';
import { printTable, printTime } from './print-table';
import { requireTenant } from './require-tenant';

export function addTokens(program: CommandUnknownOpts, perform: Perform): void {
  const tokens = program.command('tokens').description('create, list and revoke tokens for the REST API and MCP');

  addTokenCreation(tokens, perform);

  tokens
    .command('list')
    .description("list a tenant's tokens, newest first; never their text")
    .argument('<tenant>', 'its id')
    .action(
      perform(async (session, tenantId) => {
        await requireTenant(session, tenantId);
        const listed = await session.tokens.list(tenantId);
        const rows = listed.map((token) => [
          token.id,
          token.name,
          token.kind,
          token.scopes.join(' '),
          stateOf(token, session.now()),
          printTime(token.expires_at) ?? 'never',
          printTime(token.last_used_at),
        ]);
        return {
          json: { data: listed },
          text: printTable(
            ['id', 'name', 'kind', 'scopes', 'state', 'expires', 'last used'],
            rows,
            `Tenant ${tenantId} has no tokens.`,
          ),
        };
      }),
    );

  tokens
    .command('revoke')
    .description('end a token; it stops to work within 10 seconds')
    .argument('<tenant>', 'its id')
    .argument('<token-id>', 'as listed, such as tok_…; not the token itself')
    .action(
      perform(async (session, tenantId, tokenId) => {
        await requireTenant(session, tenantId);
        if (!(await session.tokens.revoke(tenantId, tokenId, session.now().toISOString()))) throw notFound('token');
        await session.record(tenantId, 'token.revoked', tokenId);
        return { json: { id: tokenId, revoked: true }, text: `Token ${tokenId} of ${tenantId} is revoked.` };
      }),
    );
}

function stateOf(token: Token, now: Date): string {
  if (token.revoked_at !== null) return 'revoked';
  return isUsable(token, now) ? 'usable' : 'expired';
}
