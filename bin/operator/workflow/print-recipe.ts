import { isPlainObject } from '../../../functions/domain/json';
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
  const { type, ...rest } = step;
  if (type === 'log' && typeof rest['message'] === 'string') return [type, rest['message']];
  if (type === 'delay') return [type, `${String(rest['seconds'])} s`];
  if (type === 'fire_webhook_event' && typeof rest['event'] === 'string') {
    return [
      type,
      rest['payload'] === undefined ? rest['event'] : `${rest['event']} ${JSON.stringify(rest['payload'])}`,
    ];
  }
  return [type, JSON.stringify(rest)];
}
