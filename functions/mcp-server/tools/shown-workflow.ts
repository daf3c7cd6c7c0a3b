import * as z from 'zod/mini';
import { jsonObjectSchema } from '../../domain/json';
import { inputJsonSchema } from '../../domain/workflow/input/json-schema';
import { workflowViewSchema, type WorkflowView } from '../../domain/workflow/view';

/** Agents know JSON Schema, and what it says of an input is what the recipe declares. */
export const shownWorkflowSchema = z.extend(z.omit(workflowViewSchema, { inputs: true, tool: true }), {
  input_schema: jsonObjectSchema,
});
export type ShownWorkflow = z.infer<typeof shownWorkflowSchema>;

export function showWorkflow({ inputs, tool: _tool, ...workflow }: WorkflowView): ShownWorkflow {
  return { ...workflow, input_schema: jsonObjectSchema.parse(inputJsonSchema(inputs)) };
}
