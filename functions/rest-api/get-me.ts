import * as z from 'zod/mini';
import { channelSchema, planSchema } from '../domain/plan';
import { scopeSchema } from '../domain/token';
import type { GuardedRoute } from '../edge/route';

const meSchema = z.object({
  tenant: z.object({ id: z.string(), name: z.string(), plan: planSchema, authoring: z.boolean() }),
  principal: z.object({
    channel: channelSchema,
    name: z.string(),
    permissions: z.array(z.string()),
    scopes: z.array(scopeSchema),
  }),
});

export function getMe(): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/me',
    operationId: 'getMe',
    summary: 'Who this token is, and what it may do',
    access: 'any',
    replies: { 200: meSchema },
    errors: [],
    act: async ({ caller, tenant }) => {
      const { id, name, plan, authoring } = await tenant();
      return {
        status: 200,
        body: {
          tenant: { id, name, plan, authoring },
          principal: { channel: caller.channel, name: caller.name, permissions: [], scopes: caller.scopes },
        },
      };
    },
  };
}
