import * as z from 'zod/mini';
import { isPlainObject } from '../json';
import { pick } from '../pick';
import { readInputs, type Inputs } from './input/declaration';
import { storedRecipeSchema } from './version-view';
import { warningSchema } from './warnings';
import { lastRunSchema, workflowSchema, type Workflow } from './workflow';

/** As stored and checked when it was written, and open to what later releases may declare. */
export const declaredInputsSchema = z.custom<Inputs>(isPlainObject);

/** A workflow as every door shows it. */
export const workflowViewSchema = z.extend(z.omit(workflowSchema, { edit_mark: true }), {
  /** What a run's input holds, by name; empty if the recipe declares nothing. */
  inputs: declaredInputsSchema,
  /** Whether agents are offered it as a tool of its own, under `tool_name`. */
  tool: z.boolean(),
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
  return {
    ...pick(workflowViewSchema, workflow),
    inputs: readInputs(workflow.inputs),
    tool: workflow.tool_name !== null,
    last_run: lastRun,
  };
}
