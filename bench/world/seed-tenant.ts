import { randomBytes } from 'node:crypto';
import type { Database } from '../../functions/aws/database';
import { tenantStore } from '../../functions/aws/tenant/tenants';
import { tokenStore } from '../../functions/aws/tenant/tokens';
import { workflowStore } from '../../functions/aws/workflow/workflows';
import { newTenant } from '../../functions/domain/tenant/tenant';
import { newToken, type Token, type TokenKind } from '../../functions/domain/tenant/token';

/** The recipe of the seeded workflow Spring Promo: a log line, a delay, a webhook. */
export const pageRecipe = {
  steps: [
    { type: 'log', message: 'Kicking off {{input.campaign}}' },
    { type: 'delay', seconds: 2 },
    { type: 'fire_webhook_event', event: 'campaign.kickoff', payload: { campaign: '{{input.campaign}}' } },
  ],
};

export function logRecipe(steps: number) {
  return {
    steps: Array.from({ length: steps }, (_, index) => ({
      type: 'log',
      message: `Step ${index} of {{input.campaign}}`,
    })),
  };
}

export interface SeededTenant {
  readonly id: string;
  readonly restToken: string;
  readonly mcpToken: string;
}

/** More than any machine sends, and than an operator may set: a refusal takes less time than what is measured. */
export const withoutRate = { requests_per_minute: 100_000_000 };

/** A tenant without a cap and without a rate of requests, with one workflow for each recipe, numbered from 1. */
export async function seedTenant(database: Database, id: string, recipes: readonly unknown[]): Promise<SeededTenant> {
  const at = new Date().toISOString();
  const settings = { id, name: id, plan: 'custom', unlimited: true, daily_cap: 0, authoring: true } as const;
  const tenant = newTenant(settings, randomBytes(32).toString('base64'));
  await tenantStore(database).create({ ...tenant, limits: withoutRate });
  for (const recipe of recipes) {
    await workflowStore(database).create(id, { name: 'Spring Promo', description: null, active: true, recipe }, at);
  }
  return { id, restToken: await seedToken(database, id, 'pat'), mcpToken: await seedToken(database, id, 'mcp') };
}

async function seedToken(database: Database, tenantId: string, kind: TokenKind): Promise<string> {
  const text = newToken(kind);
  const token: Token = {
    id: `tok_${tenantId}_${kind}`,
    tenant_id: tenantId,
    kind,
    name: 'bench',
    scopes: kind === 'mcp' ? ['mcp'] : ['workflows:read', 'workflows:run', 'webhooks:read'],
    created_at: new Date().toISOString(),
    expires_at: null,
    // A time in the future, so that no request updates it. That write happens once in five minutes and would slow down
    // only one of the two subjects.
    last_used_at: '9999-01-01T00:00:00.000Z',
    revoked_at: null,
    created_by: null,
  };
  await tokenStore(database).put(tenantId, text, token);
  return text;
}
