import { auditActionSchema, auditEventSchema } from '../../../domain/tenant/audit';
import { appEndSchema, connectedAppViewSchema } from '../../../domain/tenant/connected-app';
import { maxDays, tokenViewSchema, tokenWriteSchema } from '../../../domain/tenant/issue-token';
import { permissionSchema } from '../../../domain/tenant/member';
import { channelSchema, planSchema, planViewSchema } from '../../../domain/tenant/plan';
import { mcpScopeSchema, scopeSchema, tokenKindSchema } from '../../../domain/tenant/token';
import { usageViewSchema } from '../../../domain/tenant/usage';
import { createdTokenSchema } from '../../tenant/create-token';
import { meSchema } from '../../tenant/get-me';
import { healthSchema } from '../../api/get-health';
import { answered, count, extended, named, sent, time } from '../component';
import * as examples from '../examples/access';

const token = answered(
  'Token',
  tokenViewSchema,
  { description: 'An access token, without its text.', examples: [examples.token] },
  {
    id: 'The id of the token.',
    kind: 'Which door it opens.',
    name: 'Its name, for people.',
    scopes: 'What it may do.',
    created_at: time('When it was issued.'),
    expires_at: time('When it stops working; null if it works until it is revoked.'),
    last_used_at: time('When it was last used, to within five minutes; null if it never was.'),
    revoked_at: time('When it was revoked; null if it was not.'),
    created_by: 'Who issued it: the e-mail address of a member, or an operator; null for tokens of early releases.',
    status: 'Whether it works.',
  },
);

export const accessComponents = [
  token,
  extended(
    'CreatedToken',
    [token, tokenViewSchema],
    createdTokenSchema,
    { description: 'A new access token with its text.', examples: [examples.createdToken] },
    {
      token:
        'The text to send as `Authorization: Bearer …`. It is shown in this response only. A repetition with the same Idempotency-Key answers without it.',
    },
  ),
  sent(
    'TokenWrite',
    tokenWriteSchema,
    { description: 'A token as it is issued.', examples: [examples.tokenWrite] },
    {
      name: 'Its name, for people.',
      kind: 'Which door it opens, which must be that of the scopes. If absent, the scopes decide; one of the two is required.',
      scopes: {
        description:
          'What it may do: `mcp` or `mcp:read` alone, or any of the others. If absent, all that its kind may, except writing recipes.',
        uniqueItems: true,
      },
      expires_in_days: `After how many days it stops working, at most ${maxDays}; null if it works until it is revoked.`,
    },
  ),
  answered(
    'ConnectedApp',
    connectedAppViewSchema,
    { description: 'An app that acts over MCP because a member approved it.', examples: [examples.connectedApp] },
    {
      id: 'The id of the connection.',
      client_id: 'How the app identifies itself (OAuth).',
      name: 'As the app calls itself. Only `host` proves who it is.',
      host: 'The host that proves who the app is; null if nothing proves it.',
      redirect_host: 'The host to which people are sent back after they approve.',
      scope: 'What it may do.',
      approved_by: 'The e-mail address of the member who approved it.',
      created_at: time('When it was approved.'),
      expires_at: time('When it must be approved again.'),
      last_used_at: time('When it was last used, to within five minutes; null if it never was.'),
      revoked_at: time('When it was revoked; null if it was not.'),
      revoked_because: 'Why it no longer works; null while it does.',
      status: 'Whether it works.',
    },
  ),
  answered(
    'AuditEvent',
    auditEventSchema,
    { description: 'One change that a person, a token or an operator made.', examples: [examples.auditEvent] },
    {
      id: 'The id of the row.',
      at: time('When the change was made.'),
      actor: 'Who made it.',
      action: 'What was done.',
      target: 'What was changed, such as `workflow 3`, `run 12` or the id of an endpoint.',
      request_id: 'The request that made the change.',
      detail: {
        description: 'Facts about the change, such as the new plan: texts, numbers, booleans or null.',
        additionalProperties: true,
      },
    },
  ),
  answered(
    'AuditActor',
    auditEventSchema.shape.actor,
    { description: 'Who made a change.' },
    {
      channel: 'The door. `operator` acts with credentials of the AWS account; `system` is the product itself.',
      name: "The member's e-mail address, the token's name, or the operator's.",
    },
  ),
  named('AuditAction', auditActionSchema, {
    description: 'What was done. Later releases may add actions.',
    enum: undefined,
    'x-extensible-enum': auditActionSchema.options,
  }),
  answered(
    'Me',
    meSchema,
    { description: 'Who calls, and what it may do.', examples: [examples.me] },
    {
      tenant: 'The tenant that the call is for.',
      principal: 'Who calls.',
      tenants: 'All tenants that this person can choose with `X-Tenant-Id`; for a token, its only tenant.',
      plans: 'Every plan there is, from the smallest to the largest.',
    },
  ),
  answered(
    'Tenant',
    meSchema.shape.tenant,
    { description: 'A tenant.' },
    {
      id: 'The id of the tenant.',
      name: 'Its name.',
      plan: 'Its plan.',
      authoring: 'Whether its members and tokens may write recipes; if not, only the operator does.',
    },
  ),
  answered(
    'Principal',
    meSchema.shape.principal,
    { description: 'Who calls.' },
    {
      channel: 'The door of the call.',
      name: "The token's name, or the member's e-mail address.",
      permissions: 'What a member may do; empty for a token.',
      scopes: 'What a token may do; empty for a member.',
    },
  ),
  answered(
    'TenantName',
    meSchema.shape.tenants.def.element,
    { description: 'A tenant to choose.' },
    { id: 'The id of the tenant, for `X-Tenant-Id`.', name: 'Its name.' },
  ),
  answered(
    'PlanRules',
    planViewSchema,
    { description: 'What a plan includes.' },
    {
      plan: 'The plan.',
      daily_run_cap: count('Runs a UTC day; null if they are unlimited. A tenant can have a cap of its own.'),
      channels: 'The doors through which workflows can be used.',
    },
  ),
  answered(
    'Usage',
    usageViewSchema,
    { description: "Today's runs against the daily run cap.", examples: [examples.usage] },
    {
      plan: 'The plan of the tenant.',
      day: { description: 'The UTC day.', format: 'date' },
      used: count('Runs accepted on this day.'),
      cap: count('The daily run cap; null if it is unlimited.'),
      remaining: count('Runs that may still start on this day; null if they are unlimited.'),
      starts_at: time('When the day began.'),
      resets_at: time('When the next day begins.'),
      history: 'Days with runs, newest first, including today.',
    },
  ),
  answered(
    'DayUsage',
    usageViewSchema.shape.history.def.element,
    { description: 'The runs of a day.' },
    { day: { description: 'The UTC day.', format: 'date' }, used: count('Runs accepted on this day.') },
  ),
  answered(
    'Health',
    healthSchema,
    { description: 'The API answers.', examples: [{ status: 'ok' }] },
    { status: 'Always `ok`.' },
  ),
  named('Scope', scopeSchema, { description: 'What a token may do.' }),
  named('McpScope', mcpScopeSchema, {
    description: 'What an app or token may do over MCP: use every tool, or only read.',
  }),
  named('TokenKind', tokenKindSchema, { description: '`pat` opens only the REST API, `mcp` only the MCP server.' }),
  named('Permission', permissionSchema, {
    description:
      '`viewer` reads; `manage_agents` also runs, cancels, and manages endpoints, tokens and connected apps.',
  }),
  named('Plan', planSchema, {
    description: 'A plan: who may run workflows, through which doors, and how often a day.',
  }),
  named('Channel', channelSchema, { description: 'The door of a call.' }),
  named('ConnectedAppEnd', appEndSchema, { description: 'Why a connected app no longer works.' }),
];
