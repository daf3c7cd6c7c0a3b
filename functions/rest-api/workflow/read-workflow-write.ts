import * as z from 'zod/mini';
import { isPlainObject } from '../../domain/json';
import { parseRecipe, recipeSchema, type Recipe } from '../../domain/workflow/recipe';
import { workflowWriteSchema } from '../../domain/workflow/workflow';
import { parseBody } from '../../edge/http/parse-request';

/** The body as openapi.json describes it; what reads it checks the recipe on its own. */
export const workflowBodySchema = z.extend(workflowWriteSchema, { recipe: recipeSchema });

interface WorkflowBody {
  readonly name: string;
  readonly description: string | null;
  readonly active: boolean | undefined;
  readonly recipe: Recipe;
}

/**
 * Reads the body of POST and PUT. When the recipe is faulty its code names the refusal and all its faults are listed;
 * faults beside it come up once the recipe is right.
 */
export function readWorkflowWrite(body: unknown): WorkflowBody {
  // The recipe first: its codes come before `invalid_request`.
  if (isPlainObject(body) && Object.hasOwn(body, 'recipe')) parseRecipe(body['recipe'], ['recipe']);
  const { name, description, active, recipe } = parseBody(workflowWriteSchema, body);
  return {
    name,
    description: description ?? null,
    active,
    recipe: parseRecipe(recipe, ['recipe']),
  };
}
