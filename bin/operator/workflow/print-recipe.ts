import { isPlainObject } from '../../../functions/domain/json';
import { stepTypeSchema, type StepType } from '../../../functions/domain/workflow/recipe';
import { printTable, type Cell } from '../terminal/table';

/** Prints a recipe as it is stored. It may break a rule made later: an entry that is not a step is printed as JSON. */
export function printRecipe(recipe: unknown): string {
  const { steps, continue_on_error: continuesOnError } = isPlainObject(recipe) ? recipe : {};
  const rows = (Array.isArray(steps) ? steps : []).map((step: unknown, index) => [index + 1, ...cellsOf(step)]);
  const table = printTable(['step', 'type', 'parameters'], rows, 'The recipe has no steps.');
  return continuesOnError === true ? `${table}\n\nA failed step does not stop the run (continue_on_error).` : table;
}

function cellsOf(step: unknown): Cell[] {
  if (!isPlainObject(step) || typeof step['type'] !== 'string') return [null, JSON.stringify(step)];
  const { type, ...fields } = step;
  const known = stepTypeSchema.safeParse(type);
  const words = known.success ? wordsOf[known.data](fields) : undefined;
  return [type, words ?? JSON.stringify(fields)];
}

/** What a step does, in words; undefined when it lacks what the words need. */
const wordsOf: Readonly<Record<StepType, (fields: Readonly<Record<string, unknown>>) => string | undefined>> = {
  log: ({ message }) => (typeof message === 'string' ? message : undefined),
  fire_webhook_event: ({ event, payload }) => {
    if (typeof event !== 'string') return undefined;
    return payload === undefined ? event : `${event} ${JSON.stringify(payload)}`;
  },
  delay: ({ seconds }) => `${String(seconds)} s`,
};
