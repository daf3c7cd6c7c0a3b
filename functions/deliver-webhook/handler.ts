import { randomUUID } from 'node:crypto';
import type { SQSBatchResponse } from 'aws-lambda';
import { environmentSchemas } from '../contract';
import { auditStore } from '../aws/audit';
import { openDatabase } from '../aws/database';
import { deliveryStore } from '../aws/deliveries';
import { deliveryAttemptStore } from '../aws/delivery-attempts';
import { deliveryQueue, openSqs } from '../aws/delivery-queue';
import { endpointHealthStore } from '../aws/endpoint-health';
import { endpointStore } from '../aws/endpoints';
import { eventStore } from '../aws/events';
import { newUlid } from '../aws/new-ulid';
import { changeRecorder } from '../domain/record-change';
import { parseRetrySeconds } from '../domain/webhook-schedule';
import { openLog } from '../edge/log';
import { logAuditMissing } from '../edge/log-audit-missing';
import { logUnsent } from '../edge/log-unsent';
import type { AttemptDeps } from './attempt-delivery';
import { publicConnector, withLocalInbox } from './connect';
import { deliverBatch } from './deliver-batch';
import { resolveHost } from './resolve-host';
import { sendLimits } from './send-webhook';

const environment = environmentSchemas['deliver-webhook'].parse(process.env);
const log = openLog(environment.STAGE);
const database = openDatabase(environment.TABLE_NAME);
const localInboxOrigin = environment.LOCAL_INBOX_ORIGIN;
const audit = auditStore(database);
const deps: AttemptDeps = {
  attempts: deliveryAttemptStore(database),
  audit,
  deliveries: deliveryStore(database),
  endpoints: endpointStore(database),
  events: eventStore(database),
  health: endpointHealthStore(database),
  record: changeRecorder({ audit, onAuditMissing: logAuditMissing(log) }),
  queue: deliveryQueue(openSqs(), environment.DELIVERY_QUEUE_URL, logUnsent(log)),
  send: {
    resolve: resolveHost,
    connect: localInboxOrigin === undefined ? publicConnector() : withLocalInbox(publicConnector()),
    policy: { ownHosts: environment.OWN_HOSTS, localInboxOrigin },
    limits: sendLimits,
  },
  schedule: parseRetrySeconds(environment.RETRY_SECONDS),
  random: Math.random,
  newToken: randomUUID,
  newUlid,
  now: () => new Date(),
  log,
};

export const handler = (event: unknown): Promise<SQSBatchResponse> => deliverBatch(deps, event);
