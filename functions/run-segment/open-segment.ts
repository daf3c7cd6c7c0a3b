import { segmentTime } from '../contract/machine';
import { fireWebhookEvent, type FireDeps } from '../domain/delivery/fire-event';
import { announceRunEnd, runEndIsAwaited } from '../domain/run/announce-run-end';
import { atMost, isTimeUp, patient, type CallTime } from './patience';
import { readOnce } from './read-once';
import type { RunSegmentDeps } from './deps';

type SegmentStores = FireDeps & Pick<RunSegmentDeps, 'runs' | 'progress' | 'now' | 'log'>;

/** Wires one call of `run-segment`: its stores are patient for as long as the call has time. */
export function openSegment(stores: SegmentStores, time: CallTime): RunSegmentDeps {
  const patientUntilMs = atMost(time, segmentTime.patienceUntil);
  const firing: FireDeps = {
    deliveries: patient(stores.deliveries, time, patientUntilMs),
    endpoints: readOnce(patient(stores.endpoints, time, patientUntilMs)),
    events: patient(stores.events, time, patientUntilMs),
    queue: stores.queue,
  };
  return {
    runs: patient(stores.runs, time, patientUntilMs),
    // What was done is worth more patience than what is still to do.
    progress: patient(stores.progress, time, atMost(time, segmentTime.recordUntil)),
    now: stores.now,
    log: stores.log,
    isTimeUp: () => isTimeUp(time),
    readEndpoints: async (tenantId) => {
      await firing.endpoints.subscriptions(tenantId).catch(() => undefined);
    },
    fireWebhookEvent: (fired) => fireWebhookEvent(firing, fired),
    runEndIsAwaited: (tenantId, status) => runEndIsAwaited(firing, tenantId, status),
    announceRunEnd: (tenantId, run) => announceRunEnd(firing, tenantId, run, stores.now()),
  };
}
