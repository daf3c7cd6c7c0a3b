import { placeholder } from '../placeholder';
import { closestName } from './closest-name';
import type { Inputs } from './declaration';

/** A placeholder whose value a run may not have. */
export interface Unsure {
  readonly code: 'undeclared_input' | 'optional_input';
  readonly detail: string;
}

const maxShownCharacters = 80;

/**
 * Says of each placeholder in a text that it names no declared input, or one that a run may be started without. It says
 * nothing of recipes that declare nothing.
 *
 * @returns at most `max`, one for each name
 */
export function unsureIn(text: string, inputs: Inputs, max: number): Unsure[] {
  if (Object.keys(inputs).length === 0) return [];
  const found = new Map<string, Unsure>();
  for (const [, path] of text.matchAll(placeholder)) {
    if (found.size >= max) break;
    const [name = ''] =
      path
        ?.replace(/\|\s*json\s*$/, '')
        .trim()
        .split('.') ?? [];
    const unsure = path === undefined || found.has(name) ? undefined : judge(name, inputs);
    if (unsure !== undefined) found.set(name, unsure);
  }
  return [...found.values()];
}

function judge(name: string, inputs: Inputs): Unsure | undefined {
  const shown = name.length > maxShownCharacters ? `${name.slice(0, maxShownCharacters)}…` : name;
  const declared = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
  if (declared === undefined) {
    const meant = closestName(name, Object.keys(inputs));
    const advice = meant === undefined ? 'declare it in inputs, or remove it.' : `did you mean ${meant}?`;
    return { code: 'undeclared_input', detail: `${shown} is not an input of this recipe: ${advice}` };
  }
  if (declared.required === true || declared.default !== undefined) return undefined;
  const detail = `${shown} may be left out of a run, and its placeholder then stays in the text: make it required, or give it a default.`;
  return { code: 'optional_input', detail };
}
