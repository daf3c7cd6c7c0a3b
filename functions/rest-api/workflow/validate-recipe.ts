import { checkRecipe, recipeCheckSchema } from '../../domain/run/preview-run';
import { recipeSchema } from '../../domain/workflow/recipe';
import type { GuardedRoute } from '../../edge/http/route';

export function validateRecipe(): GuardedRoute {
  return {
    method: 'POST',
    path: '/api/v1/recipes/validate',
    operationId: 'validateRecipe',
    summary: 'Check a recipe without storing it',
    access: { scope: 'workflows:read', permission: 'viewer' },
    body: recipeSchema,
    repeatable: true,
    replies: { 200: recipeCheckSchema },
    errors: ['invalid_request', 'invalid_recipe', 'recipe_too_large', 'step_type_not_allowed'],
    act: ({ request }) => Promise.resolve({ status: 200, body: checkRecipe(request.body) }),
  };
}
