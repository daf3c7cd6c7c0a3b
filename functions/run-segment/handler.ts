import type { Context } from 'aws-lambda';
import { setTimeout } from 'node:timers/promises';
import { openDatabase } from '../aws/database';
import { deliveryQueue, openSqs } from '../aws/delivery/queue';
import { openRunSegmentStores } from '../aws/open-stores';
import { environmentSchemas } from '../contract/environment';
import { segmentInputSchema, type SegmentOutput } from '../contract/machine';
import { openLog } from '../edge/log/log';
import { logUnsent } from '../edge/log/unsent';
import { openSegment } from './open-segment';
import type { CallTime } from './patience';
import { runSegment } from './run-segment';

const environment = environmentSchemas['run-segment'].parse(process.env);
const log = openLog(environment.STAGE);
const stores = {
  ...openRunSegmentStores(openDatabase(environment.TABLE_NAME)),
  queue: deliveryQueue(openSqs(), environment.DELIVERY_QUEUE_URL, logUnsent(log)),
  now: () => new Date(),
  log,
};

export const handler = (event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>): Promise<SegmentOutput> =>
  runSegment(openSegment(stores, timeOf(context)), segmentInputSchema.parse(event));

function timeOf(context: Pick<Context, 'getRemainingTimeInMillis'>): CallTime {
  const beganMs = Date.now();
  return {
    beganMs,
    endsMs: beganMs + context.getRemainingTimeInMillis(),
    nowMs: () => Date.now(),
    sleep: (ms) => setTimeout(ms),
    random: () => Math.random(),
  };
}
