import * as z from 'zod/mini';
import { pick } from '../../../domain/pick';
import { readInputs } from '../../../domain/workflow/input/declaration';
import { inputJsonSchema } from '../../../domain/workflow/input/json-schema';
import type { Workflow } from '../../../domain/workflow/workflow';
import { documented } from '../../../edge/http/documented';
import type { McpServerDeps } from '../../deps';
import { startArguments, startByTool, startedOutput } from '../start-by-tool';
import type { Tool } from '../tool';

/**
 * A workflow as a tool of its own. Its arguments are the inputs that the recipe declares, beside those of `trigger_workflow`
 * that have no such name. What it is called with goes the way of `trigger_workflow`, so the same gates judge it.
 */
export function workflowTool(deps: McpServerDeps, name: string, workflow: Workflow): Tool {
  const inputs = readInputs(workflow.inputs);
  const { properties, required = [] } = inputJsonSchema(inputs);
  const declared = Object.fromEntries(
    Object.entries(properties).map(([input, schema]) => [
      input,
      // `startRun` judges the values. Only what is required and what is not has to be said here too, for the description.
      documented(required.includes(input) ? z.unknown() : z.optional(z.unknown()), schema),
    ]),
  );
  const schema = z.object({ ...startArguments, ...declared });
  return {
    name,
    title: workflow.name,
    description:
      `Starts a run of workflow ${workflow.id}, "${workflow.name}", as trigger_workflow does.` +
      (workflow.description === null ? '' : ` ${workflow.description}`),
    input: schema,
    kinds: new Map(Object.entries(inputs).map(([input, { type }]) => [input, type])),
    output: startedOutput,
    hidesOutput: true,
    access: 'starts_runs',
    plan: 'start_run',
    act: (call) =>
      startByTool(deps, call, {
        workflowId: workflow.id,
        input: pick({ shape: declared }, call.args),
        inputAt: [],
        schema: z.object(withoutDeclared(declared)),
      }),
  };
}

/** The arguments that are judged before the workflow's inputs are. */
function withoutDeclared(declared: Readonly<Record<string, unknown>>): z.core.$ZodShape {
  return Object.fromEntries(Object.entries(startArguments).filter(([argument]) => !Object.hasOwn(declared, argument)));
}
