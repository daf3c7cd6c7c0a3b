import { openDatabase } from '../aws/database';
import { deliveryStore } from '../aws/delivery/deliveries';
import { eventStore } from '../aws/delivery/events';
import { deliveryQueue, openSqs } from '../aws/delivery/queue';
import { endpointStore } from '../aws/endpoint/endpoints';
import { runProgressStore } from '../aws/run/progress';
import { runStore } from '../aws/run/runs';
import { environmentSchemas } from '../contract/environment';
import { segmentInputSchema, type SegmentOutput } from '../contract/machine';
import { fireWebhookEvent } from '../domain/delivery/fire-event';
import { announceRunEnd, runEndIsAwaited } from '../domain/run/announce-run-end';
import { openLog } from '../edge/log/log';
import { logUnsent } from '../edge/log/unsent';
import { readOnce } from './read-once';
import { runSegment } from './run-segment';

const environment = environmentSchemas['run-segment'].parse(process.env);
const log = openLog(environment.STAGE);
const database = openDatabase(environment.TABLE_NAME);
const webhooks = {
  endpoints: endpointStore(database),
  events: eventStore(database),
  deliveries: deliveryStore(database),
  queue: deliveryQueue(openSqs(), environment.DELIVERY_QUEUE_URL, logUnsent(log)),
};
const deps = { runs: runStore(database), progress: runProgressStore(database), now: () => new Date(), log };

export const handler = (event: unknown): Promise<SegmentOutput> => {
  const segment = { ...webhooks, endpoints: readOnce(webhooks.endpoints) };
  return runSegment(
    {
      ...deps,
      fireWebhookEvent: (fired) => fireWebhookEvent(segment, fired),
      runEndIsAwaited: (tenantId, status) => runEndIsAwaited(segment, tenantId, status),
      announceRunEnd: (tenantId, run) => announceRunEnd(segment, tenantId, run, deps.now()),
    },
    segmentInputSchema.parse(event),
  );
};
