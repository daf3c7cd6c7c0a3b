import * as z from 'zod/mini';
import { pick } from '../pick';
import { storedRecipeSchema } from './version-view';
import { lastRunSchema, workflowSchema, type Workflow } from './workflow';

/** A workflow as every door shows it. */
export const workflowViewSchema = z.extend(z.omit(workflowSchema, { edit_mark: true }), {
  last_run: z.nullable(lastRunSchema),
});
export type WorkflowView = z.infer<typeof workflowViewSchema>;

/** The response to reading one workflow and to writing one. */
export const workflowDetailViewSchema = z.extend(workflowViewSchema, { recipe: storedRecipeSchema });

export function viewWorkflow(workflow: Workflow, lastRun: z.infer<typeof lastRunSchema> | null): WorkflowView {
  return { ...pick(workflowViewSchema, workflow), last_run: lastRun };
}
