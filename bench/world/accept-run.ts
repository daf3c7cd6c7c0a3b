import * as z from 'zod/mini';
import { triggerEvent } from './events';
import { openHandler } from './open-handler';
import type { SeededTenant } from './seed-tenant';
import type { World } from './start-world';
import type { SegmentInput } from '../../functions/contract/machine';

const replySchema = z.object({ statusCode: z.literal(202), body: z.string() });
const runSchema = z.object({ id: z.int(), uid: z.string(), workflow_id: z.int(), workflow_version: z.int() });

/**
 * Accepts runs through the REST API.
 *
 * @returns a function that accepts a run and returns the input of its first segment
 */
export function runAccepter(world: World, tenant: SeededTenant): (workflowId: number) => Promise<SegmentInput> {
  const handler = openHandler(world.product('rest-api'));
  return async (workflowId) => {
    const reply = replySchema.parse(await handler(triggerEvent(tenant.restToken, workflowId)));
    const { id, ...run } = runSchema.parse(JSON.parse(reply.body));
    return { tenant_id: tenant.id, run_id: id, ...run, cursor: 0 };
  };
}
