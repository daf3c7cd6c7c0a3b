import * as z from 'zod/mini';
import { ProductError } from '../errors';
import { canonicalJson } from '../json';
import { revisionOf } from '../revision';
import { runStatusSchema } from '../run-status';
import { descriptionSchema, nameSchema } from '../text';

/** The greatest length of a description in UTF-16 units. */
export const descriptionCharacters = 1000;

export const lastRunSchema = z.object({ id: z.int(), status: runStatusSchema, created_at: z.string() });

/** A workflow without its recipe, which is stored in immutable versions. */
export const workflowSchema = z.object({
  id: z.int(),
  name: z.string(),
  description: z.nullable(z.string()),
  active: z.boolean(),
  /** The current version. A run keeps the version that it started with. */
  version: z.int(),
  steps_total: z.int(),
  total_delay_seconds: z.int(),
  /** The inputs that the current version declares, as JSON text; null if it declares none, or is of an earlier release. */
  inputs: z._default(z.nullable(z.string()), null),
  /** The name of the tool as which agents are offered it; null if it is not. */
  tool_name: z._default(z.nullable(z.string()), null),
  created_at: z.string(),
  updated_at: z.string(),
  /** Fresh with every edit, which a time of milliseconds may not be. Rows that no such edit has changed yet lack it. */
  edit_mark: z._default(z.nullable(z.string()), null),
});
export type Workflow = z.infer<typeof workflowSchema>;

/** Body of POST and PUT. The recipe is checked separately, so that its faults have its own codes. */
export const workflowWriteSchema = z.strictObject({
  name: nameSchema,
  description: z.optional(descriptionSchema(descriptionCharacters)),
  active: z.optional(z.boolean()),
  tool: z.optional(z.boolean()),
  recipe: z.unknown(),
});

/** Body of PATCH. */
export const workflowPatchSchema = z
  .strictObject({ active: z.optional(z.boolean()), tool: z.optional(z.boolean()) })
  .check(
    z.refine(({ active, tool }) => active !== undefined || tool !== undefined, {
      error: 'Send active, tool, or both.',
      params: { code: 'required' },
      when: ({ issues }) => issues.length === 0,
    }),
  )
  .register(z.globalRegistry, { minProperties: 1 });
export type WorkflowPatch = z.infer<typeof workflowPatchSchema>;

type Written = Pick<Workflow, 'name' | 'description' | 'active'> & {
  readonly isTool: boolean;
  readonly recipe: unknown;
};

/** Whether writing `next` would leave the workflow as it is, so that it needs no new version. */
export function isUnchanged(stored: Written, next: Written): boolean {
  const textOf = ({ name, description, active, isTool, recipe }: Written) =>
    canonicalJson([name, description, active, isTool, recipe]);
  return textOf(stored) === textOf(next);
}

/**
 * What edits change. The mark alone would do, but rows of earlier releases have none, and during a release functions of the
 * earlier one still make edits.
 */
export const revisedBy = [
  'version',
  'active',
  'updated_at',
  'edit_mark',
] as const satisfies readonly (keyof Workflow)[];

/** The revision of a workflow: everything that people write. Runs do not change it. */
export function workflowRevision(workflow: Workflow): string {
  return revisionOf(revisedBy.map((name) => workflow[name]));
}

/** @throws ProductError `workflow_inactive` */
export function requireActive({ id, active }: Pick<Workflow, 'id' | 'active'>): void {
  if (active) return;
  throw new ProductError('workflow_inactive', `Workflow ${id} is not active; activate it, then run it.`);
}
