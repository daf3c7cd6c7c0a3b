import type { StepType } from '../../../../../../functions/domain/workflow/recipe';
import { isStepType } from '../../../../workflow/step-types';

/** What a drag begins with: the handle of a step, or a step type of the palette. */
type Grip = { readonly stepKey: string; readonly type?: never } | { readonly type: StepType; readonly stepKey?: never };

const ofPalette = 'palette ';

/** Names a grip in a text, as the drag library wants it. */
export function dragId({ stepKey, type }: Grip): string {
  return type === undefined ? stepKey : `${ofPalette}${type}`;
}

export function gripOf(id: string): Grip {
  const type = id.startsWith(ofPalette) ? id.slice(ofPalette.length) : undefined;
  return isStepType(type) ? { type } : { stepKey: id };
}
