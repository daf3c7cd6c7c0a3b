import { randomUUID } from 'node:crypto';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import type { Database } from '../../../functions/aws/database';
import { deliveryQueue } from '../../../functions/aws/delivery/queue';
import { openStores } from '../../../functions/aws/open-stores';
import { executions } from '../../../functions/aws/run/executions';
import { functionLimits } from '../../../functions/contract/functions';
import { segmentInputSchema } from '../../../functions/contract/machine';
import type { Connect } from '../../../functions/guard/connect';
import { deliverBatch } from '../../../functions/deliver-webhook/deliver-batch';
import { redeliverOverdue } from '../../../functions/domain/delivery/requeue-overdue';
import { retrySchedule } from '../../../functions/domain/delivery/schedule';
import { announceRunEnd } from '../../../functions/domain/run/announce-run-end';
import type { Run } from '../../../functions/domain/run/run';
import { httpChain } from '../../../functions/edge/http-chain';
import type { Log } from '../../../functions/edge/log/log';
import { logStartDeferred } from '../../../functions/edge/log/run';
import { recover, type RecoverDeps } from '../../../functions/recover-runs/recover';
import { recoverInterrupted } from '../../../functions/recover-runs/recover-interrupted';
import { restRoutes } from '../../../functions/rest-api/routes';
import { openSegment } from '../../../functions/run-segment/open-segment';
import type { CallTime } from '../../../functions/run-segment/patience';
import { runSegment } from '../../../functions/run-segment/run-segment';
import { readReply } from '../../support/http-calls';
import { restDeps } from '../../support/rest';

interface ProductOptions {
  readonly database: Database;
  readonly sfn: SFNClient;
  readonly sqs: SQSClient;
  readonly now: () => Date;
  readonly engineSetting: 'auto' | 'standard';
  readonly inboxOrigin: string;
  readonly connect: Connect;
  /**
   * Gives up receivers that never respond after 200 ms. The timeout runs in real time, so it is set only in replays
   * that need it: in all others a busy machine would look like a fault.
   */
  readonly shortReceiverTimeout: boolean;
  readonly log: Log;
  readonly newUid: () => string;
  /** Replaces stores by faulty ones, to check that the harness finds the bug. */
  readonly mutate: Mutation | undefined;
}

export type Mutation = (stores: Stores) => Partial<Stores>;
export type Stores = ReturnType<typeof productStores>;

export type Product = ReturnType<typeof wireProduct>;

/**
 * Wires every function of the product as its `handler.ts` does. Each call of one is a cold start, with empty caches.
 */
export function wireProduct(options: ProductOptions) {
  const { connect, inboxOrigin, mutate } = options;
  const stores = productStores(options);
  const deps = { ...stores, ...mutate?.(stores) };
  return {
    deps,
    rest: async (event: unknown) => readReply(await httpChain(deps, restRoutes(deps))(event, {} as Context)),
    /** A warm instance, which keeps its caches between calls. */
    warmRest: () => {
      const chain = httpChain(deps, restRoutes(deps));
      return (event: unknown) => chain(event, {} as Context);
    },
    runSegment: (input: unknown) =>
      runSegment(openSegment(deps, withoutPatience(deps.now())), segmentInputSchema.parse(input)),
    deliver: (event: unknown) =>
      deliverBatch(
        {
          ...deps,
          send: {
            resolve: async () => [],
            connect,
            policy: { ownHosts: [], localInboxOrigin: inboxOrigin },
            limits: { connectMs: 20_000, totalMs: options.shortReceiverTimeout ? 200 : 20_000 },
          },
          schedule: retrySchedule,
          random: () => 0,
          newToken: randomUUID,
        },
        event,
      ),
    recover: () => recover(recoverDeps(deps), false),
    recoverInterrupted: (input: string) => recoverInterrupted(recoverDeps(deps), input),
    /** Starts another execution of a run, whether the last one is alive or not, as recovery does. */
    restart: (tenantId: string, run: Run) => deps.executions.start(tenantId, run, run.restarts + 1),
    /** Lets recovery query only these shards of the index; `undefined` lets it query all of them. */
    queryOnlyShards(shards: readonly string[] | undefined) {
      deps.openItems = {
        ...stores.openItems,
        due: async (shard, ...page) =>
          shards === undefined || shards.includes(String(shard))
            ? stores.openItems.due(shard, ...page)
            : { items: [], more: false },
      };
    },
  };
}

function productStores({ database, sfn, sqs, now, engineSetting, inboxOrigin, log, newUid }: ProductOptions) {
  const { deps } = restDeps(database, { now, set: () => undefined, advance: () => undefined });
  return {
    ...deps,
    ...openStores(database),
    database,
    executions: executions(sfn, { express: 'arn:express', standard: 'arn:standard' }, now),
    queue: deliveryQueue(sqs, 'https://queue.invalid/deliveries', () => undefined),
    newUid,
    engineSetting,
    localInboxOrigin: inboxOrigin,
    onStartDeferred: logStartDeferred(log),
    log,
  };
}

/** The first wait is longer than a call may take, so each throttle ends its call and what follows is replayed too. */
function withoutPatience(now: Date): CallTime {
  const beganMs = now.getTime();
  return {
    beganMs,
    endsMs: beganMs + functionLimits['run-segment'].timeoutSeconds * 1000,
    nowMs: () => beganMs,
    sleep: async () => undefined,
    random: () => 1_000,
  };
}

function recoverDeps(deps: Stores): RecoverDeps {
  return {
    ...deps,
    requeueDelivery: (tenantId, deliveryId, now) => redeliverOverdue(deps, tenantId, deliveryId, now),
    announceRunEnd: (tenantId, run) => announceRunEnd(deps, tenantId, run, deps.now()),
  };
}
