import * as z from 'zod/mini';
import { pick } from '../pick';
import { lastRunSchema, workflowSchema, type Workflow } from './workflow';

/** A workflow as every door shows it. */
export const workflowViewSchema = z.extend(z.omit(workflowSchema, { edit_mark: true }), {
  last_run: z.nullable(lastRunSchema),
});
export type WorkflowView = z.infer<typeof workflowViewSchema>;

/** The response to reading one workflow and to writing one. The recipe is as stored: one that a newer rule refuses must still be readable. */
export const workflowDetailViewSchema = z.extend(workflowViewSchema, { recipe: z.unknown() });

export function viewWorkflow(workflow: Workflow, lastRun: z.infer<typeof lastRunSchema> | null): WorkflowView {
  return { ...pick(workflowViewSchema, workflow), last_run: lastRun };
}
