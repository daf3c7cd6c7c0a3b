import { randomUUID } from 'node:crypto';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import { deliveryAttemptStore } from '../../functions/aws/delivery-attempts';
import { deliveryQueue } from '../../functions/aws/delivery-queue';
import { executions } from '../../functions/aws/executions';
import { openItemStore } from '../../functions/aws/open-items';
import { settlementStore } from '../../functions/aws/settlement';
import type { Database } from '../../functions/aws/database';
import { segmentInputSchema } from '../../functions/contract';
import type { Connect } from '../../functions/deliver-webhook/connect';
import { deliverBatch } from '../../functions/deliver-webhook/deliver-batch';
import { fireWebhookEvent } from '../../functions/domain/fire-webhook-event';
import { changeRecorder } from '../../functions/domain/record-change';
import type { Run } from '../../functions/domain/run';
import { retrySchedule } from '../../functions/domain/webhook-schedule';
import { announceRunEnd, runEndIsAwaited } from '../../functions/domain/webhook-system-events';
import { redeliverOverdue } from '../../functions/domain/webhook-overdue';
import { readOnce } from '../../functions/run-segment/read-once';
import { httpChain } from '../../functions/edge/http-chain';
import type { Log } from '../../functions/edge/log';
import { logAuditMissing } from '../../functions/edge/log-audit-missing';
import { logStartDeferred } from '../../functions/edge/log-run';
import { recover, type RecoverDeps } from '../../functions/recover-runs/recover';
import { recoverInterrupted } from '../../functions/recover-runs/recover-interrupted';
import { restRoutes } from '../../functions/rest-api/routes';
import { runSegment } from '../../functions/run-segment/run-segment';
import { readReply, restDeps } from '../rest';

interface Parts {
  readonly database: Database;
  readonly sfn: SFNClient;
  readonly sqs: SQSClient;
  readonly now: () => Date;
  readonly engineSetting: 'auto' | 'standard';
  readonly inboxOrigin: string;
  readonly connect: Connect;
  /** Whether receivers that never answer are given up quickly. Real time: elsewhere it would make a busy machine a fault. */
  readonly impatient: boolean;
  readonly log: Log;
  readonly newUid: () => string;
  /** Replaces stores by ones that are wrong, to see whether the harness notices. */
  readonly sabotage: Sabotage | undefined;
}

export type Sabotage = (stores: Stores) => Partial<Stores>;
export type Stores = ReturnType<typeof storesOn>;

export type Product = ReturnType<typeof productOn>;

/** Every function of the product, wired as its `handler.ts` does; each call of one is a process that has cached nothing. */
export function productOn(given: Parts) {
  const { connect, inboxOrigin, sabotage } = given;
  const stores = storesOn(given);
  const parts = { ...stores, ...sabotage?.(stores) };
  return {
    parts,
    rest: async (event: unknown) => readReply(await httpChain(parts, restRoutes(parts))(event, {} as Context)),
    /** A process that stays, with all that it has cached. */
    warmRest: () => {
      const chain = httpChain(parts, restRoutes(parts));
      return (event: unknown) => chain(event, {} as Context);
    },
    runSegment: (input: unknown) => {
      const segment = { ...parts, endpoints: readOnce(parts.endpoints) };
      return runSegment(
        {
          ...parts,
          fireWebhookEvent: (fired) => fireWebhookEvent(segment, fired),
          runEndIsAwaited: (tenantId, status) => runEndIsAwaited(segment, tenantId, status),
          announceRunEnd: (tenantId, run) => announceRunEnd(segment, tenantId, run, parts.now()),
        },
        segmentInputSchema.parse(input),
      );
    },
    deliver: (event: unknown) =>
      deliverBatch(
        {
          ...parts,
          send: {
            resolve: async () => [],
            connect,
            policy: { ownHosts: [], localInboxOrigin: inboxOrigin },
            limits: { connectMs: 20_000, totalMs: given.impatient ? 200 : 20_000 },
          },
          schedule: retrySchedule,
          random: () => 0,
          newToken: randomUUID,
        },
        event,
      ),
    recover: () => recover(recoverDeps(parts), false),
    recoverInterrupted: (input: string) => recoverInterrupted(recoverDeps(parts), input),
    /** Starts a run's execution again, alive or not, as recovery does. */
    restart: (tenantId: string, run: Run) => parts.executions.start(tenantId, run, run.restarts + 1),
    /** Undefined: all of them. */
    askOnlyShards(shards: readonly string[] | undefined) {
      parts.openItems = {
        ...stores.openItems,
        due: async (shard, until, after) =>
          shards === undefined || shards.includes(String(shard))
            ? stores.openItems.due(shard, until, after)
            : { items: [], more: false },
      };
    },
  };
}

function storesOn({ database, sfn, sqs, now, engineSetting, inboxOrigin, log, newUid }: Parts) {
  const { deps } = restDeps(database, { now, set: () => undefined, advance: () => undefined });
  return {
    ...deps,
    database,
    executions: executions(sfn, { express: 'arn:express', standard: 'arn:standard' }),
    queue: deliveryQueue(sqs, 'https://queue.invalid/deliveries', () => undefined),
    openItems: openItemStore(database),
    settlement: settlementStore(database),
    attempts: deliveryAttemptStore(database),
    newUid,
    engineSetting,
    localInboxOrigin: inboxOrigin,
    onStartDeferred: logStartDeferred(log),
    record: changeRecorder({ audit: deps.audit, onAuditMissing: logAuditMissing(log) }),
    log,
  };
}

function recoverDeps(parts: Stores): RecoverDeps {
  return {
    ...parts,
    requeueDelivery: (tenantId, deliveryId, now) => redeliverOverdue(parts, tenantId, deliveryId, now),
    announceRunEnd: (tenantId, run) => announceRunEnd(parts, tenantId, run, parts.now()),
  };
}
