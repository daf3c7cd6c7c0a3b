import * as z from 'zod/mini';
import { recipeSchema } from './recipe';
import { lastRunSchema, workflowSchema, type Workflow } from './workflow';

/** A workflow as every door shows it. */
export const workflowViewSchema = z.extend(workflowSchema, { last_run: z.nullable(lastRunSchema) });
export type WorkflowView = z.infer<typeof workflowViewSchema>;

/** The recipe as stored: one that a newer rule refuses must still be readable. */
export const workflowDetailViewSchema = z.extend(workflowViewSchema, { recipe: z.unknown() });

/** The response to writing a workflow. */
export const writtenWorkflowViewSchema = z.extend(workflowViewSchema, { recipe: recipeSchema });

export function viewWorkflow(workflow: Workflow, lastRun: z.infer<typeof lastRunSchema> | null): WorkflowView {
  return {
    id: workflow.id,
    name: workflow.name,
    description: workflow.description,
    active: workflow.active,
    version: workflow.version,
    steps_total: workflow.steps_total,
    total_delay_seconds: workflow.total_delay_seconds,
    last_run: lastRun,
    created_at: workflow.created_at,
    updated_at: workflow.updated_at,
  };
}
