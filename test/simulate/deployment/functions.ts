import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Database } from '../../../functions/aws/database';
import { functionLimits } from '../../../functions/contract/functions';
import { segmentInputSchema } from '../../../functions/contract/machine';
import { deliverBatch } from '../../../functions/deliver-webhook/deliver-batch';
import { sendLimits } from '../../../functions/deliver-webhook/send-webhook';
import { redeliverOverdue } from '../../../functions/domain/delivery/requeue-overdue';
import { retrySchedule } from '../../../functions/domain/delivery/schedule';
import { announceRunEnd } from '../../../functions/domain/run/announce-run-end';
import { httpChain } from '../../../functions/edge/http-chain';
import type { Connect } from '../../../functions/guard/connect';
import { mcpServer } from '../../../functions/mcp-server/mcp-server';
import { reconcileAll } from '../../../functions/reconcile-runs/reconcile-all';
import { recover, type RecoverDeps } from '../../../functions/recover-runs/recover';
import { recoverInterrupted } from '../../../functions/recover-runs/recover-interrupted';
import { restRoutes } from '../../../functions/rest-api/routes';
import { openSegment } from '../../../functions/run-segment/open-segment';
import { runSegment } from '../../../functions/run-segment/run-segment';
import { inboxOrigin } from './origin';
import { instanceOf, type Stores } from './stores';

type Serve = (event: unknown, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

export type Functions = ReturnType<typeof wireFunctions>;

/** Every function of the product. The doors keep caches, so each call of `restApi` or `mcp` makes a new instance of one. */
export function wireFunctions(database: Database, stores: Stores, connect: Connect, random: () => number) {
  // Nobody waits for a run here, so that the places of those who wait may be shared.
  const routes = restRoutes({ ...stores, ...instanceOf(database, stores) });
  const recoverDeps: RecoverDeps = {
    ...stores,
    requeueDelivery: (tenantId, deliveryId, now) => redeliverOverdue(stores, tenantId, deliveryId, now),
    announceRunEnd: (tenantId, run) => announceRunEnd(stores, tenantId, run, stores.now()),
  };
  return {
    restApi: (): Serve => httpChain({ ...stores, ...instanceOf(database, stores) }, routes),
    mcp: (): Serve => mcpServer({ ...stores, ...instanceOf(database, stores) }),
    runSegment: (input: unknown) => {
      const beganMs = stores.now().getTime();
      const time = {
        beganMs,
        endsMs: beganMs + functionLimits['run-segment'].timeoutSeconds * 1000,
        nowMs: () => stores.now().getTime(),
        sleep: stores.sleep,
        random,
      };
      return runSegment(openSegment(stores, time), segmentInputSchema.parse(input));
    },
    deliver: (event: unknown) =>
      deliverBatch(
        {
          ...stores,
          send: {
            resolve: async () => [],
            connect,
            policy: { ownHosts: [], localInboxOrigin: inboxOrigin },
            limits: sendLimits,
          },
          schedule: retrySchedule,
          random,
          newToken: () => randomUUID(),
        },
        event,
      ),
    recover: () => recover(recoverDeps, false),
    recoverInterrupted: (input: string) => recoverInterrupted(recoverDeps, input),
    reconcile: () => reconcileAll({ ...stores, reads: stores.reconcile.reads }),
  };
}
