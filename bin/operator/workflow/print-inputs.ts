import type { Input, Inputs } from '../../../functions/domain/workflow/input/declaration';
import { printTable } from '../terminal/table';

/** The inputs that a recipe declares, as a table with a blank line after it; nothing if it declares none. */
export function printInputs(inputs: Inputs): string {
  const declared = Object.entries(inputs);
  if (declared.length === 0) return '';
  const rows = declared.map(([name, input]) => [name, input.type, wantedOf(input), limitsOf(input), input.description]);
  return `${printTable(['input', 'type', 'if left out', 'accepts', 'description'], rows, '')}\n\n`;
}

function wantedOf({ required, default: preset }: Input): string {
  if (required === true) return 'refused';
  return preset === undefined ? 'missing' : JSON.stringify(preset);
}

function limitsOf(input: Input): string | null {
  if ('enum' in input && input.enum !== undefined) return input.enum.map((choice) => JSON.stringify(choice)).join(', ');
  if (!('min' in input) && !('max' in input)) return null;
  const unit = { string: ' characters', array: ' items', number: '', integer: '' }[input.type];
  if (input.min === undefined) return `at most ${String(input.max)}${unit}`;
  return input.max === undefined ? `at least ${input.min}${unit}` : `${input.min} to ${input.max}${unit}`;
}
