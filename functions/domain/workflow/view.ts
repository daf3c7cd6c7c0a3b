import * as z from 'zod/mini';
import { pick } from '../pick';
import { storedRecipeSchema } from './version-view';
import { warningSchema } from './warnings';
import { lastRunSchema, workflowSchema, type Workflow } from './workflow';

/** A workflow as every door shows it. */
export const workflowViewSchema = z.extend(z.omit(workflowSchema, { edit_mark: true }), {
  last_run: z.nullable(lastRunSchema),
});
export type WorkflowView = z.infer<typeof workflowViewSchema>;

/** The response to reading one workflow and to writing one. */
export const workflowDetailViewSchema = z.extend(workflowViewSchema, {
  recipe: storedRecipeSchema,
  /** What its author should look at again, with pointers into this response; at most 100. */
  warnings: z.array(warningSchema),
});

export function viewWorkflow(workflow: Workflow, lastRun: z.infer<typeof lastRunSchema> | null): WorkflowView {
  return { ...pick(workflowViewSchema, workflow), last_run: lastRun };
}
