import { isPlainObject } from '../../../functions/domain/json';
import { printTable, type Cell } from '../terminal/table';

/** A recipe as it is stored, which may be older than a rule: whatever is no step is printed as it is. */
export function printRecipe(recipe: unknown): string {
  const { steps, continue_on_error: goesOn } = isPlainObject(recipe) ? recipe : {};
  const rows = (Array.isArray(steps) ? steps : []).map((step: unknown, index) => [index + 1, ...cellsOf(step)]);
  const table = printTable(['step', 'type', 'does'], rows, 'The recipe has no steps.');
  return goesOn === true ? `${table}\n\nA failed step does not stop the run (continue_on_error).` : table;
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
