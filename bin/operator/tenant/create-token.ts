import { InvalidArgumentError, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { ulid } from 'ulid';
import { faultsFrom } from '../../../functions/domain/faults';
import { auditIds } from '../../../functions/domain/tenant/audit-ids';
import {
  issueToken,
  scopesOf,
  tokenWriteSchema,
  viewToken,
  factsOfToken,
} from '../../../functions/domain/tenant/issue-token';
import { planIncludes, type Channel } from '../../../functions/domain/tenant/plan';
import type { Tenant } from '../../../functions/domain/tenant/tenant';
import {
  scopeSchema,
  tokenKindSchema,
  type Scope,
  type Token,
  type TokenKind,
} from '../../../functions/domain/tenant/token';
import type { RunCommand } from '../command/run-command';
import { readWholeNumber } from '../terminal/read-argument';
import { printDetails, printTime } from '../terminal/table';
import { requireTenant } from './require-tenant';

const channelOf: Readonly<Record<TokenKind, Channel>> = { pat: 'rest_api', mcp: 'mcp' };

interface TokenOptions {
  readonly kind: TokenKind;
  readonly name: string;
  readonly scopes?: Scope[] | undefined;
  readonly expiresDays: number;
}

export function addTokenCreation(tokens: CommandUnknownOpts, runCommand: RunCommand): void {
  tokens
    .command('create')
    .description('issue a token; its text is printed only this once')
    .argument('<tenant>', 'id of the tenant')
    .addOption(
      new Option('--kind <kind>', '`pat` for the REST API, `mcp` for the MCP server')
        .choices(tokenKindSchema.options)
        .makeOptionMandatory(),
    )
    .requiredOption('--name <name>', 'who or what will use it; runs show it as their trigger')
    .option('--scopes <scopes>', 'comma-separated scopes, instead of the default ones', readScopes)
    .option('--expires-days <days>', 'days until it expires; 0 means never', readWholeNumber(0, 365), 90)
    .addHelpText('after', defaultScopes())
    .hook('preAction', (command) => {
      const { error } = tokenWriteSchema.safeParse(tokenWrite(command.opts()), { reportInput: true });
      const [fault] = faultsFrom(error?.issues ?? [], () => 'invalid_request');
      if (fault !== undefined) command.error(`error: option '--${fault.pointer.slice('#/'.length)}': ${fault.detail}`);
    })
    .action(
      runCommand(async (session, tenantId, options) => {
        const tenant = await requireTenant(session, tenantId);
        const now = session.now();
        const write = tokenWriteSchema.parse(tokenWrite(options));
        const { text, token } = issueToken(tenantId, write, {
          createdBy: session.operator,
          now,
          newUlid: () => ulid(now.getTime()),
        });
        const { id, name, expires_at } = token;
        const scopes = token.scopes.join(' ');
        await session.places.take(tenantId, 'active_tokens', id, now);
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
          text: `${text}\n\nCopy it now: only its hash is stored, so it cannot be shown again.\n\n${printDetails(details)}`,
        };
      }),
    );
}

function readScopes(text: string): Scope[] {
  return text.split(',').map((part) => {
    const scope = scopeSchema.safeParse(part.trim());
    if (scope.success) return scope.data;
    throw new InvalidArgumentError(`"${part.trim()}" is not a scope. Allowed: ${scopeSchema.options.join(', ')}.`);
  });
}

function tokenWrite({ kind, name, scopes, expiresDays }: TokenOptions) {
  return { kind, name, scopes, expires_in_days: expiresDays === 0 ? null : expiresDays };
}

function defaultScopes(): string {
  const lines = tokenKindSchema.options.map((kind) => `  ${kind}  ${scopesOf({ kind }).join(',')}`);
  return `\nDefault scopes:\n${lines.join('\n')}\nA pat may also have workflows:write, for tenants with authoring. An mcp with mcp:read can only read.`;
}

/** Says which calls would be refused today. The token is issued all the same: plan and authoring may change later. */
function warnings(tenant: Tenant, { kind, scopes }: Token): string[] {
  const found: string[] = [];
  if (!planIncludes(tenant.plan, channelOf[kind])) {
    const door = kind === 'pat' ? 'the REST API' : 'workflows over MCP';
    found.push(
      `The ${tenant.plan} plan does not include ${door}: calls with this token are refused with plan_required.`,
    );
  }
  if (scopes.includes('workflows:write') && !tenant.authoring) {
    found.push(
      `Authoring of ${tenant.id} is off: the scope workflows:write is refused until you run \`authoring on ${tenant.id}\`.`,
    );
  }
  return found;
}
