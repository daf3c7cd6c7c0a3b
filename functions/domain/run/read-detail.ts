import type * as z from 'zod/mini';
import { jsonObjectSchema } from '../json';
import type { StoredRun } from './stored-run';
import { viewRun, viewSteps, type DeliveryInStep, type runDetailViewSchema } from './view';

export interface RunDetailStores {
  readonly runs: { inputOf(tenantId: string, run: StoredRun): Promise<string> };
  readonly workflows: { recipe(tenantId: string, workflowId: number, version: number): Promise<unknown> };
  readonly deliveries: { listForRun(tenantId: string, uid: string, now: Date): Promise<DeliveryInStep[]> };
  readonly now: () => Date;
}

/** A run with its input, its steps, and the current state of their deliveries. */
export async function readRunDetail(
  deps: RunDetailStores,
  tenantId: string,
  run: StoredRun,
): Promise<z.infer<typeof runDetailViewSchema>> {
  const [recipe, input, deliveries] = await Promise.all([
    deps.workflows.recipe(tenantId, run.workflow_id, run.workflow_version),
    deps.runs.inputOf(tenantId, run),
    deps.deliveries.listForRun(tenantId, run.uid, deps.now()),
  ]);
  return {
    ...viewRun(run),
    input: jsonObjectSchema.parse(JSON.parse(input)),
    steps: viewSteps(run, run.trail, recipe, deliveries, deps.now()),
  };
}
