import * as z from 'zod/mini';
import type { PublicRoute } from '../../edge/http/route';

export const healthSchema = z.object({ status: z.literal('ok') });

/** Says that the function responds. It reads nothing, so it cannot be used to put load on the table. */
export function getHealth(): PublicRoute {
  return {
    method: 'GET',
    path: '/api/v1/health',
    operationId: 'getHealth',
    summary: 'Whether the API answers',
    access: 'public',
    replies: { 200: healthSchema },
    errors: [],
    act: () => Promise.resolve({ status: 200, body: { status: 'ok' } }),
  };
}
