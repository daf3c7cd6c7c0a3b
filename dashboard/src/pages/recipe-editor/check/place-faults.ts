import type { Fault } from '../../../../../functions/domain/errors';

/** The faults of a recipe, grouped by where the form shows them. */
export interface PlacedFaults {
  /** Faults of the recipe as a whole, or of a part that the form does not show. */
  readonly recipe: readonly string[];
  /** Faults of steps, by index and field: `2.seconds`, or `2.` for the step itself. */
  readonly steps: ReadonlyMap<string, string>;
  readonly name: string | undefined;
  readonly description: string | undefined;
}

/** Groups faults by their pointers: `#/steps/3/type` from checking a recipe, `#/recipe/steps/3/type` from saving it. */
export function placeFaults(faults: readonly Fault[]): PlacedFaults {
  const recipe: string[] = [];
  const steps = new Map<string, string>();
  const own = new Map<string, string>();
  for (const { pointer, detail } of faults) {
    if (pointer === undefined) {
      recipe.push(detail);
      continue;
    }
    const path = pointer.replace(/^#\/(recipe(?=\/|$))?\/?/, '');
    const [, index, field = ''] = /^steps\/(\d+)(?:\/([^/]+))?/.exec(path) ?? [];
    if (index !== undefined) add(steps, `${index}.${field}`, detail);
    else if (pointer === '#/name' || pointer === '#/description') add(own, path, detail);
    else recipe.push(path === '' ? detail : `${path}: ${detail}`);
  }
  return { recipe, steps, name: own.get('name'), description: own.get('description') };
}

function add(texts: Map<string, string>, place: string, text: string): void {
  const earlier = texts.get(place);
  texts.set(place, earlier === undefined ? text : `${earlier} ${text}`);
}

/** The fault of one field of a step. */
export function faultAt({ steps }: PlacedFaults, index: number, field: string): string | undefined {
  return steps.get(`${index}.${field}`);
}

/** The faults of a step that belong to none of the fields shown. */
export function otherFaults({ steps }: PlacedFaults, index: number, fields: readonly string[]): string[] {
  return [...steps]
    .filter(([place]) => place.startsWith(`${index}.`) && !fields.includes(place.slice(`${index}.`.length)))
    .map(([, text]) => text);
}
