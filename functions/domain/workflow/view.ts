import * as z from 'zod/mini';
import { pick } from '../pick';
import { recipeSchema } from './recipe';
import { warningSchema } from './warnings';
import { lastRunSchema, workflowSchema, type Workflow } from './workflow';

/** A workflow as every door shows it. */
export const workflowViewSchema = z.extend(workflowSchema, { last_run: z.nullable(lastRunSchema) });
export type WorkflowView = z.infer<typeof workflowViewSchema>;

/** The recipe as stored: one that a newer rule refuses must still be readable. */
export const workflowDetailViewSchema = z.extend(workflowViewSchema, { recipe: z.unknown() });

/** The response to writing a workflow. */
export const writtenWorkflowViewSchema = z.extend(workflowViewSchema, {
  recipe: recipeSchema,
  /** What the author should look at again; at most 100. */
  warnings: z.array(warningSchema),
});

export function viewWorkflow(workflow: Workflow, lastRun: z.infer<typeof lastRunSchema> | null): WorkflowView {
  return { ...pick(workflowViewSchema, workflow), last_run: lastRun };
}
