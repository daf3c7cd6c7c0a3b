import * as z from 'zod/mini';
import { notFound } from '../../domain/errors';
import { previewRecipe, recipePreviewSchema, summaryOf } from '../../domain/run/preview/recipe';
import { parseRecipe } from '../../domain/workflow/parse-recipe';
import { recipeSchema } from '../../domain/workflow/recipe';
import { parseQuery } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';

const query = z.strictObject({ preview: z.optional(z.enum(['true', 'false'])) });

export function validateRecipe(deps: Pick<RestApiDeps, 'tenants' | 'endpoints' | 'now'>): GuardedRoute {
  return {
    method: 'POST',
    path: '/api/v1/recipes/validate',
    operationId: 'validateRecipe',
    summary: 'Check a recipe without storing it; with preview=true also show what each step would do',
    access: { scope: 'workflows:read', permission: 'viewer' },
    query,
    body: recipeSchema,
    repeatable: true,
    replies: { 200: recipePreviewSchema },
    errors: ['invalid_request', 'invalid_recipe', 'recipe_too_large', 'step_type_not_allowed'],
    act: async ({ request, caller }) => {
      const recipe = parseRecipe(request.body);
      const { preview } = parseQuery(query, request.query);
      if (preview !== 'true') return { status: 200, body: summaryOf(recipe) };
      const tenant = await deps.tenants.get(caller.tenantId);
      if (tenant === undefined) throw notFound('tenant');
      return { status: 200, body: await previewRecipe(deps, tenant, recipe) };
    },
  };
}
