import { InvalidArgumentError, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { ulid } from 'ulid';
import * as z from 'zod/mini';
import { addSeconds } from '../../functions/domain/day';
import { plans, type Channel } from '../../functions/domain/plan';
import type { Tenant } from '../../functions/domain/tenant';
import {
  newToken,
  scopeSchema,
  scopesFor,
  tokenKindSchema,
  type Scope,
  type Token,
  type TokenKind,
} from '../../functions/domain/token';
import type { Perform } from './perform';
import { printDetails, printTime } from './print-table';
import { readBy, readWholeNumber } from './read-argument';
import { requireTenant } from './require-tenant';

const nameSchema = z.string().check(z.minLength(1, 'Must not be empty.'), z.maxLength(120, 'At most 120 characters.'));
const daySeconds = 86_400;
const maxDays = 3650;

const channelOf: Readonly<Record<TokenKind, Channel>> = { pat: 'rest_api', mcp: 'mcp' };

export function addTokenCreation(tokens: CommandUnknownOpts, perform: Perform): void {
  tokens
    .command('create')
    .description('issue a token; its text is printed this once')
    .argument('<tenant>', 'its id')
    .addOption(
      new Option('--kind <kind>', '`pat` opens the REST API, `mcp` the MCP server')
        .choices(tokenKindSchema.options)
        .makeOptionMandatory(),
    )
    .requiredOption('--name <name>', 'who or what will use it; runs show it as their trigger', readBy(nameSchema))
    .option('--scopes <scopes>', 'comma-separated; needed for a pat, always mcp for an mcp token', readScopes)
    .option('--expires-days <days>', '0 is never', readWholeNumber(0, maxDays), 90)
    .addHelpText('after', `\nScopes of a pat: ${scopesFor('pat').join(', ')}.`)
    .hook('preAction', (command) => {
      const { kind, scopes } = command.opts();
      const fault = faultOf(kind, scopes);
      if (fault !== undefined) command.error(`error: option '--scopes <scopes>': ${fault}`);
    })
    .action(
      perform(async (session, tenantId, { kind, name, scopes = scopesFor('mcp'), expiresDays }) => {
        const tenant = await requireTenant(session, tenantId);
        const now = session.now();
        const text = newToken(kind);
        const token: Token = {
          id: `tok_${ulid(now.getTime())}`,
          tenant_id: tenantId,
          kind,
          name,
          scopes: [...scopes],
          created_at: now.toISOString(),
          expires_at: expiresDays === 0 ? null : addSeconds(now, expiresDays * daySeconds).toISOString(),
          last_used_at: null,
          revoked_at: null,
        };
        await session.tokens.put(tenantId, text, token);
        for (const sentence of warnings(tenant, token)) session.warn(sentence);
        await session.record(tenantId, 'token.created', token.id, {
          kind,
          scopes: scopes.join(' '),
          expires_at: token.expires_at,
        });
        const { id, expires_at } = token;
        const details = { id, kind, name, scopes: scopes.join(' '), expires: printTime(expires_at) ?? 'never' };
        return {
          json: { ...token, token: text },
          text: `${text}\n\nKeep it now: only its hash is stored.\n\n${printDetails(details)}`,
        };
      }),
    );
}

function readScopes(text: string): Scope[] {
  const scopes = text.split(',').map((scope) => scope.trim());
  const unknown = scopes.find((scope) => !scopeSchema.safeParse(scope).success);
  if (unknown === undefined) return [...new Set(scopes.map((scope) => scopeSchema.parse(scope)))];
  throw new InvalidArgumentError(`"${unknown}" is none. Allowed: ${scopeSchema.options.join(', ')}.`);
}

function faultOf(kind: TokenKind, scopes: readonly Scope[] | undefined): string | undefined {
  const allowed = scopesFor(kind);
  if (scopes === undefined) return kind === 'mcp' ? undefined : `needed for a pat. Allowed: ${allowed.join(', ')}.`;
  const wrong = scopes.find((scope) => !allowed.includes(scope));
  return wrong === undefined
    ? undefined
    : `${wrong} is not for a token of kind ${kind}. Allowed: ${allowed.join(', ')}.`;
}

/** What the token will be refused for as things stand. It is issued nevertheless: plan and authoring may follow. */
function* warnings(tenant: Tenant, { kind, scopes }: Token): Generator<string> {
  if (!plans[tenant.plan].channels.includes(channelOf[kind])) {
    yield `The ${tenant.plan} plan does not include ${kind === 'pat' ? 'the REST API' : 'workflows over MCP'}: calls with this token are refused with plan_required.`;
  }
  if (scopes.includes('workflows:write') && !tenant.authoring) {
    yield `Authoring of ${tenant.id} is off: workflows:write is refused until \`authoring on ${tenant.id}\`.`;
  }
}
