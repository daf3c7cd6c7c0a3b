import type { Fault } from '../../../../../functions/domain/errors';
import { faultInWords } from '../../../api/field-faults';
import { pathOf } from '../../../api/pointer';
import { placeInWords } from '../../../parts/form/place-in-words';

/** The faults of a recipe, grouped by where the form shows them. */
export interface PlacedFaults {
  /** Faults of the recipe as a whole, or of a part that the form does not show. */
  readonly recipe: readonly string[];
  /** Faults of steps, by index and field: `2.seconds`, or `2.` for the step itself. */
  readonly steps: ReadonlyMap<string, string>;
  /** Faults of declared inputs, by name and field: `campaign.default`, or `campaign.` for the input itself. */
  readonly inputs: ReadonlyMap<string, string>;
  readonly name: string | undefined;
  readonly description: string | undefined;
}

/** Groups faults by their pointers: `#/steps/3/type` from checking a recipe, `#/recipe/steps/3/type` from saving it. */
export function placeFaults(faults: readonly Fault[]): PlacedFaults {
  const recipe: string[] = [];
  const steps = new Map<string, string>();
  const inputs = new Map<string, string>();
  const own = new Map<string, string>();
  for (const fault of faults) {
    const { pointer } = fault;
    const text = faultInWords(fault, 'step');
    if (pointer === undefined) {
      recipe.push(text);
      continue;
    }
    const keys = pathOf(pointer);
    const [first, index, field = ''] = keys[0] === 'recipe' ? keys.slice(1) : keys;
    if (first === 'steps' && index !== undefined) add(steps, `${index}.${field}`, text);
    else if (first === 'inputs' && index !== undefined) add(inputs, `${index}.${field}`, text);
    else if (pointer === '#/name' || pointer === '#/description') add(own, first ?? '', text);
    else recipe.push(first === undefined ? text : `${placeInWords(fault)}: ${text}`);
  }
  return { recipe, steps, inputs, name: own.get('name'), description: own.get('description') };
}

function add(texts: Map<string, string>, place: string, text: string): void {
  const earlier = texts.get(place);
  texts.set(place, earlier === undefined ? text : `${earlier} ${text}`);
}

/** The fault of one field of a declared input. */
export function inputFaultAt({ inputs }: PlacedFaults, name: string, field: string): string | undefined {
  return inputs.get(`${name.trim()}.${field}`);
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
