import type { Fault } from '../../../../functions/domain/errors';
import { pathOf } from '../../api/pointer';

/** Members of a body whose field has another label than the member's own name. */
const labels: Readonly<Record<string, string>> = {
  url: 'URL',
  max_per_second: 'Attempts a second',
  expires_in_days: 'Expires after',
};

/**
 * The place of a fault as people name it: `#/recipe/steps/2/seconds` is `Step 3, seconds`. Empty for the whole body.
 */
export function placeInWords({ pointer, parameter, header }: Pick<Fault, 'pointer' | 'parameter' | 'header'>): string {
  if (pointer === undefined) return inWords(parameter ?? header ?? '');
  const path = pathOf(pointer);
  const [first, index, ...rest] = path[0] === 'recipe' ? path.slice(1) : path;
  if (first === undefined) return path.length === 0 ? '' : 'Recipe';
  if (index === undefined) return inWords(first);
  const isEntry = /^\d+$/.test(index);
  if (first === 'steps' && isEntry) return [`Step ${Number(index) + 1}`, ...rest].join(', ');
  return [inWords(first), isEntry ? `entry ${Number(index) + 1}` : index, ...rest].join(', ');
}

function inWords(name: string): string {
  const words = name.replaceAll('_', ' ');
  return labels[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}
