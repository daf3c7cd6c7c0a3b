import { environmentSchemas, segmentInputSchema, type SegmentOutput } from '../contract';
import { openDatabase } from '../aws/database';
import { deliveryStore } from '../aws/deliveries';
import { deliveryQueue, openSqs } from '../aws/delivery-queue';
import { endpointStore } from '../aws/endpoints';
import { eventStore } from '../aws/events';
import { runProgressStore } from '../aws/run-progress';
import { runStore } from '../aws/runs';
import { fireWebhookEvent } from '../domain/fire-webhook-event';
import { errorFields, log } from '../edge/log';
import { runSegment, type RunSegmentDeps } from './run-segment';

const environment = environmentSchemas['run-segment'].parse(process.env);
const database = openDatabase(environment.TABLE_NAME);
const webhooks = {
  endpoints: endpointStore(database),
  events: eventStore(database),
  deliveries: deliveryStore(database),
  queue: deliveryQueue(openSqs(), environment.DELIVERY_QUEUE_URL, (unsent, error) => {
    log('warn', {
      event: 'deliveries_unsent',
      tenant: unsent[0]?.tenant_id,
      count: unsent.length,
      ...errorFields(error),
    });
  }),
};
const deps: RunSegmentDeps = {
  runs: runStore(database),
  progress: runProgressStore(database),
  fireWebhookEvent: (fired) => fireWebhookEvent(webhooks, fired),
  now: () => new Date(),
  log,
};

export const handler = (event: unknown): Promise<SegmentOutput> => runSegment(deps, segmentInputSchema.parse(event));
