import type { IconProps } from '@cloudscape-design/components/icon';
import type { StepType } from '../../../functions/domain/workflow/recipe';

interface StepTypeTraits {
  /** The label of the menu item that adds a step of this type. */
  readonly addText: string;
  readonly icon: IconProps.Name;
  /** Names of its fields in a recipe, besides `type`. */
  readonly fields: readonly string[];
}

/** Every step type there is, in the order in which the editor offers them. */
export const stepTypes: Readonly<Record<StepType, StepTypeTraits>> = {
  log: { addText: 'Log a message', icon: 'file', fields: ['message'] },
  fire_webhook_event: { addText: 'Fire a webhook event', icon: 'send', fields: ['event', 'payload'] },
  delay: { addText: 'Wait', icon: 'status-pending', fields: ['seconds'] },
};

export const stepTypeNames: readonly StepType[] = Object.keys(stepTypes).filter(isStepType);

/** False for an unknown type, which a recipe may have if it was stored before a rule existed or by a later release. */
export function isStepType(name: unknown): name is StepType {
  return typeof name === 'string' && Object.hasOwn(stepTypes, name);
}
