import type { Input } from '../../../functions/domain/workflow/input/declaration';
import type { Workflow } from '../api/routes';

/** An input that a recipe declares, with its name. */
export type Declared = readonly [name: string, input: Input];

/** What a workflow's recipe declares, in its order. The API of an earlier release says nothing about it. */
export function declaredIn({ inputs = {} }: Pick<Workflow, 'inputs'>): readonly Declared[] {
  return Object.entries(inputs);
}
