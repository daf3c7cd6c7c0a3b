import * as z from 'zod/mini';
import { countMatches } from '../delivery/count-matches';
import type { Subscription } from '../endpoint/endpoint';
import { invalidRequest, notFound, type Fault } from '../errors';
import { requirePlan, type Channel } from '../tenant/plan';
import type { Tenant } from '../tenant/tenant';
import { usageViewSchema, viewUsage } from '../tenant/usage';
import { parseRecipe } from '../workflow/parse-recipe';
import { summariseRecipe } from '../workflow/recipe-summary';
import { textsWithTyped, typedPath } from '../workflow/typed-placeholder';
import { warningSchema, warningsOf } from '../workflow/warnings';
import { requireActive, type Workflow } from '../workflow/workflow';
import { inputFaults } from './input';

/** What a recipe would do. */
export const recipeCheckSchema = z.object({
  valid: z.literal(true),
  steps_total: z.int(),
  total_delay_seconds: z.int(),
  /** The distinct events that it fires. */
  events: z.array(z.string()),
  /** What its author should look at again; at most 100. Their pointers begin at the recipe. */
  warnings: z.array(warningSchema),
});
export type RecipeCheck = z.infer<typeof recipeCheckSchema>;

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
  usage: z.pick(usageViewSchema, { day: true, used: true, cap: true, remaining: true, resets_at: true }),
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

/** Checks a recipe and summarises what it would do. @throws ProductError with the recipe's code */
export function checkRecipe(value: unknown, at: readonly string[] = []): RecipeCheck {
  const recipe = parseRecipe(value, at);
  const { stepsTotal, totalDelaySeconds, events } = summariseRecipe(recipe);
  return {
    valid: true,
    steps_total: stepsTotal,
    total_delay_seconds: totalDelaySeconds,
    events: [...events],
    warnings: warningsOf(recipe, at),
  };
}

/**
 * A dry run: refuses what `startRun` would refuse, except for the cap. It writes nothing and counts nothing.
 *
 * @throws ProductError `plan_required`, `invalid_request`, `not_found`, `workflow_inactive`, or the recipe's code
 */
export async function previewRun(
  deps: PreviewDeps,
  command: { tenantId: string; channel: Channel; workflowId: number; input: unknown; faults: readonly Fault[] },
): Promise<RunPreview> {
  const { tenant, workflow } = await deps.admission.read(command.tenantId, { workflowId: command.workflowId });
  if (tenant === undefined) throw notFound('tenant');
  requirePlan(tenant.plan, command.channel);
  const faults = [...command.faults, ...inputFaults(command.input)];
  if (faults.length > 0) throw invalidRequest(faults);
  if (workflow === undefined) throw notFound('workflow');
  requireActive(workflow);

  const stored = await deps.workflows.recipe(command.tenantId, workflow.id, workflow.version);
  const check = checkRecipe(stored);
  const matches = await countMatches(deps.endpoints, command.tenantId, check.events);
  const { day, used, cap, remaining, resets_at } = viewUsage(tenant, deps.now());
  return {
    ...check,
    webhook_steps: parseRecipe(stored).steps.flatMap((step, index) =>
      step.type === 'fire_webhook_event'
        ? [
            {
              index,
              event: step.event,
              matched_endpoints: matches.get(step.event) ?? 0,
              typed_inputs: typedInputs(step.payload),
            },
          ]
        : [],
    ),
    usage: { day, used, cap, remaining, resets_at },
  };
}

function typedInputs(payload: unknown): string[] {
  return [...new Set(textsWithTyped(payload).flatMap(({ text }) => typedPath(text) ?? []))];
}
