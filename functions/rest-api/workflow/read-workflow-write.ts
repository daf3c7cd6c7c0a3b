import * as z from 'zod/mini';
import { isPlainObject } from '../../domain/json';
import { parseRecipe } from '../../domain/workflow/parse-recipe';
import { recipeSchema, type Recipe } from '../../domain/workflow/recipe';
import { workflowWriteSchema } from '../../domain/workflow/workflow';
import { parseBody } from '../../edge/http/parse-request';

/** The body as openapi.json describes it. `readWorkflowWrite` checks the recipe separately. */
export const workflowBodySchema = z.extend(workflowWriteSchema, { recipe: recipeSchema });

const at = ['recipe'];

interface WorkflowBody {
  readonly name: string;
  readonly description: string | null;
  readonly active: boolean | undefined;
  readonly tool: boolean | undefined;
  readonly recipe: Recipe;
}

/**
 * Reads the body of POST and PUT. If the recipe is invalid, its code becomes the code of the refusal and all its faults
 * are listed; faults elsewhere in the body are reported once the recipe is valid.
 */
export function readWorkflowWrite(body: unknown): WorkflowBody {
  // The recipe is checked first, because its codes take precedence over `invalid_request`.
  const parsed = isPlainObject(body) && Object.hasOwn(body, 'recipe') ? parseRecipe(body['recipe'], at) : undefined;
  const { name, description, active, tool, recipe } = parseBody(workflowWriteSchema, body);
  return { name, description: description ?? null, active, tool, recipe: parsed ?? parseRecipe(recipe, at) };
}
