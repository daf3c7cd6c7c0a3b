import * as z from 'zod/mini';
import type { Subscription } from '../../endpoint/endpoint';
import { invalidRequest, notFound, type Fault } from '../../errors';
import { jsonObjectSchema } from '../../json';
import { requirePlan, type Channel } from '../../tenant/plan';
import type { Tenant } from '../../tenant/tenant';
import { parseRecipe } from '../../workflow/parse-recipe';
import { textsWithTyped, typedPath } from '../../workflow/typed-placeholder';
import { requireActive, type Workflow } from '../../workflow/workflow';
import { inputFaults } from '../input';
import { capUsage, capUsageSchema, recipeCheckSchema, summaryOf } from './recipe';
import { previewSteps, stepPreviewSchema } from './steps';
import { filledInput } from '../started-input';

/** What a run started now would do and cost. */
export const runPreviewSchema = z.extend(recipeCheckSchema, {
  webhook_steps: z.array(
    z.object({
      index: z.int(),
      event: z.string(),
      matched_endpoints: z.int(),
      /** The distinct paths of `{{input.path | json}}` in the payload: values of the input that keep their type. */
      typed_inputs: z.array(z.string()),
    }),
  ),
  /** The input that the run would get, with its defaults. */
  input: jsonObjectSchema,
  steps: z.array(stepPreviewSchema),
  usage: capUsageSchema,
});
export type RunPreview = z.infer<typeof runPreviewSchema>;

export interface PreviewDeps {
  readonly admission: {
    read(
      tenantId: string,
      subject: { readonly workflowId: number },
    ): Promise<{ tenant: Tenant | undefined; workflow: Workflow | undefined }>;
  };
  readonly workflows: { recipe(tenantId: string, workflowId: number, version: number): Promise<unknown> };
  readonly endpoints: { subscriptions(tenantId: string): Promise<readonly Subscription[]> };
  readonly now: () => Date;
}

/**
 * A dry run: refuses what `startRun` would refuse, except for the cap. It writes nothing and counts nothing.
 *
 * @throws ProductError `plan_required`, `invalid_request`, `not_found`, `workflow_inactive`, or the recipe's code
 */
export async function previewRun(
  deps: PreviewDeps,
  command: {
    tenantId: string;
    channel: Channel;
    workflowId: number;
    input: unknown;
    /** The place of the input in the request, `input` if absent. */
    inputAt?: readonly string[];
    faults: readonly Fault[];
  },
): Promise<RunPreview> {
  const { tenantId } = command;
  const { tenant, workflow } = await deps.admission.read(tenantId, { workflowId: command.workflowId });
  if (tenant === undefined) throw notFound('tenant');
  requirePlan(tenant.plan, command.channel);
  const faults = [...command.faults, ...inputFaults(command.input, command.inputAt)];
  if (faults.length > 0) throw invalidRequest(faults);
  if (workflow === undefined) throw notFound('workflow');
  requireActive(workflow);
  const input = jsonObjectSchema.parse(filledInput(workflow, command.input ?? {}, command.inputAt));

  const recipe = parseRecipe(await deps.workflows.recipe(tenantId, workflow.id, workflow.version));
  const check = summaryOf(recipe);
  const subscriptions = check.events.length === 0 ? [] : await deps.endpoints.subscriptions(tenantId);
  const steps = previewSteps(recipe, input, subscriptions);
  return {
    ...check,
    webhook_steps: recipe.steps.flatMap((step, index) =>
      step.type === 'fire_webhook_event'
        ? [
            {
              index,
              event: step.event,
              matched_endpoints: steps[index]?.matched_endpoints ?? 0,
              typed_inputs: typedInputs(step.payload),
            },
          ]
        : [],
    ),
    input,
    steps,
    usage: capUsage(tenant, deps.now()),
  };
}

function typedInputs(payload: unknown): string[] {
  return [...new Set(textsWithTyped(payload).flatMap(({ text }) => typedPath(text) ?? []))];
}
