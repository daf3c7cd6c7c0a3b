import type { Input } from '../../../../functions/domain/workflow/input/declaration';
import { limitsInWords, typeInWords, valueInWords } from '../../workflow/input-words';
import { kindOf } from '../input/field-text';

/** What a field takes, in words: its type and limits, what happens if it is left empty, and an example. */
export function constraintOf(input: Input): string {
  return [kindInWords(input), emptyInWords(input), exampleInWords(input)].filter((part) => part !== '').join(' ');
}

/** What stands in an empty field: the value that is then used. */
export function presetOf({ default: preset }: Input): string {
  if (preset === undefined) return '';
  return typeof preset === 'string' ? preset : JSON.stringify(preset);
}

function kindInWords(input: Input): string {
  const limits = limitsInWords(input);
  if (kindOf(input) === 'choice') return '';
  if (limits === undefined) return `${typeInWords(input)}.`;
  return `${typeInWords(input)}, ${limits.charAt(0).toLowerCase()}${limits.slice(1)}.`;
}

function emptyInWords(input: Input): string {
  if (input.required === true) return '';
  if (kindOf(input) === 'choice') return '';
  if (input.default === undefined) return 'May be left out.';
  return `If left empty, ${valueInWords(input.default)} is used.`;
}

function exampleInWords({ example }: Input): string {
  return example === undefined ? '' : `Example: ${valueInWords(example)}.`;
}
