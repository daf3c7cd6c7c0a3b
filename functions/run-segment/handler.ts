import { openDatabase } from '../aws/database';
import { deliveryQueue, openSqs } from '../aws/delivery/queue';
import { openRunSegmentStores } from '../aws/open-stores';
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
const stores = openRunSegmentStores(database);
const queue = deliveryQueue(openSqs(), environment.DELIVERY_QUEUE_URL, logUnsent(log));
const deps = { ...stores, queue, now: () => new Date(), log };

export const handler = (event: unknown): Promise<SegmentOutput> => {
  const segment = { ...deps, endpoints: readOnce(stores.endpoints) };
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
