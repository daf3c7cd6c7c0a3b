import * as z from 'zod/mini';
import { openDatabase } from '../aws/database';
import { deliveryQueue, openSqs } from '../aws/delivery/queue';
import { openRecoverRunsStores } from '../aws/open-stores';
import { executions, openSfn } from '../aws/run/executions';
import { environmentSchemas } from '../contract/environment';
import { recoverEventSchema, statusChangeSchema } from '../contract/messages';
import { redeliverOverdue } from '../domain/delivery/requeue-overdue';
import { announceRunEnd } from '../domain/run/announce-run-end';
import { openLog } from '../edge/log/log';
import { logUnsent } from '../edge/log/unsent';
import { recover, type Recovered, type RecoverDeps } from './recover';
import { recoverInterrupted } from './recover-interrupted';

const environment = environmentSchemas['recover-runs'].parse(process.env);
const log = openLog(environment.STAGE);
const database = openDatabase(environment.TABLE_NAME);
const stores = openRecoverRunsStores(database);
const webhooks = {
  ...stores,
  queue: deliveryQueue(openSqs(), environment.DELIVERY_QUEUE_URL, logUnsent(log)),
};
const deps: RecoverDeps = {
  ...stores,
  executions: executions(
    openSfn(),
    {
      express: environment.EXPRESS_STATE_MACHINE_ARN,
      standard: environment.STANDARD_STATE_MACHINE_ARN,
    },
    () => new Date(),
  ),
  requeueDelivery: (tenantId, deliveryId, now) => redeliverOverdue(webhooks, tenantId, deliveryId, now),
  announceRunEnd: (tenantId, run) => announceRunEnd(webhooks, tenantId, run, new Date()),
  now: () => new Date(),
  log,
};

const eventSchema = z.union([statusChangeSchema, recoverEventSchema]);

/**
 * Called by the schedule each minute, by the rule for status changes of executions, and by the local run at its start.
 */
export const handler = (event: unknown): Promise<Recovered | undefined> => {
  const parsed = eventSchema.parse(event);
  if ('detail' in parsed) return recoverInterrupted(deps, parsed.detail.input);
  return recover(deps, parsed.everything_is_due === true);
};
