import { randomUUID } from 'node:crypto';
import type { SQSBatchResponse } from 'aws-lambda';
import { openDatabase } from '../aws/database';
import { deliveryQueue, openSqs } from '../aws/delivery/queue';
import { newUlid } from '../aws/new-ulid';
import { openDeliverWebhookStores } from '../aws/open-stores';
import { environmentSchemas } from '../contract/environment';
import { parseRetrySeconds } from '../domain/delivery/schedule';
import { changeRecorder } from '../domain/tenant/record-change';
import { logAuditMissing } from '../edge/log/audit-missing';
import { openLog } from '../edge/log/log';
import { logUnsent } from '../edge/log/unsent';
import type { AttemptDeps } from './attempt-delivery';
import { publicConnector, withLocalInbox } from '../guard/connect';
import { deliverBatch } from './deliver-batch';
import { resolveHost } from '../guard/resolve-host';
import { sendLimits } from './send-webhook';

const environment = environmentSchemas['deliver-webhook'].parse(process.env);
const log = openLog(environment.STAGE);
const database = openDatabase(environment.TABLE_NAME);
const localInboxOrigin = environment.LOCAL_INBOX_ORIGIN;
const stores = openDeliverWebhookStores(database);
const deps: AttemptDeps = {
  ...stores,
  record: changeRecorder({ audit: stores.audit, onAuditMissing: logAuditMissing(log) }),
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
