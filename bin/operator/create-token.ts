import { InvalidArgumentError, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { ulid } from 'ulid';
import { auditIds } from '../../functions/domain/audit-ids';
import { faultsFrom } from '../../functions/domain/faults';
import { factsOfToken, issueToken, scopesOf, tokenWriteSchema, viewToken } from '../../functions/domain/issue-token';
import { plans, type Channel } from '../../functions/domain/plan';
import type { Tenant } from '../../functions/domain/tenant';
import { scopeSchema, tokenKindSchema, type Scope, type Token, type TokenKind } from '../../functions/domain/token';
import type { Perform } from './perform';
import { printDetails, printTime } from './print-table';
import { readWholeNumber } from './read-argument';
import { requireTenant } from './require-tenant';

const channelOf: Readonly<Record<TokenKind, Channel>> = { pat: 'rest_api', mcp: 'mcp' };

interface TokenOptions {
  readonly kind: TokenKind;
  readonly name: string;
  readonly scopes?: Scope[] | undefined;
  readonly expiresDays: number;
}

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
    .requiredOption('--name <name>', 'who or what will use it; runs show it as their trigger')
    .option('--scopes <scopes>', 'comma-separated, instead of the usual ones', readScopes)
    .option('--expires-days <days>', '0 is never', readWholeNumber(0, 365), 90)
    .addHelpText('after', usualScopes())
    .hook('preAction', (command) => {
      const { error } = tokenWriteSchema.safeParse(tokenWrite(command.opts()), { reportInput: true });
      const [fault] = faultsFrom(error?.issues ?? [], () => 'invalid_request');
      if (fault !== undefined) command.error(`error: option '--${fault.pointer.slice('#/'.length)}': ${fault.detail}`);
    })
    .action(
      perform(async (session, tenantId, options) => {
        const tenant = await requireTenant(session, tenantId);
        const now = session.now();
        const write = tokenWriteSchema.parse(tokenWrite(options));
        const { text, token } = issueToken(tenantId, write, { now, newUlid: () => ulid(now.getTime()) });
        const { id, name, expires_at } = token;
        const scopes = token.scopes.join(' ');
        await session.record(
          tenantId,
          () => session.tokens.put(tenantId, text, token),
          () => ({
            id: auditIds.tokenCreated(id),
            action: 'token.created',
            target: id,
            detail: factsOfToken(token),
          }),
        );
        for (const sentence of warnings(tenant, token)) session.warn(sentence);
        const details = { id, name, kind: token.kind, scopes, expires: printTime(expires_at) ?? 'never' };
        return {
          json: { ...viewToken(token, now), token: text },
          text: `${text}\n\nKeep it now: only its hash is stored.\n\n${printDetails(details)}`,
        };
      }),
    );
}

function readScopes(text: string): Scope[] {
  return text.split(',').map((part) => {
    const scope = scopeSchema.safeParse(part.trim());
    if (scope.success) return scope.data;
    throw new InvalidArgumentError(`"${part.trim()}" is no scope. Allowed: ${scopeSchema.options.join(', ')}.`);
  });
}

function tokenWrite({ kind, name, scopes, expiresDays }: TokenOptions) {
  return { kind, name, scopes, expires_in_days: expiresDays === 0 ? null : expiresDays };
}

function usualScopes(): string {
  const lines = tokenKindSchema.options.map((kind) => `  ${kind}  ${scopesOf({ kind }).join(',')}`);
  return `\nUsual scopes:\n${lines.join('\n')}\nA pat may also have workflows:write, for tenants with authoring.`;
}

/** What the token will be refused for as things stand. It is issued nevertheless: plan and authoring may follow. */
function warnings(tenant: Tenant, { kind, scopes }: Token): string[] {
  const found: string[] = [];
  if (!plans[tenant.plan].channels.includes(channelOf[kind])) {
    const door = kind === 'pat' ? 'the REST API' : 'workflows over MCP';
    found.push(`The ${tenant.plan} plan does not include ${door}: calls with this token get plan_required.`);
  }
  if (scopes.includes('workflows:write') && !tenant.authoring) {
    found.push(`Authoring of ${tenant.id} is off: workflows:write is refused until \`authoring on ${tenant.id}\`.`);
  }
  return found;
}
