import { causeUlid } from '../ulid';

/**
 * Ids of events and deliveries are derived from their cause, so that a repetition writes the same rows again. The id of
 * an event is a ULID and two characters; the id of a delivery is made of its event's and its endpoint's.
 *
 * | event of        | id                                                  |
 * |-----------------|-----------------------------------------------------|
 * | a webhook step  | the run's ULID and the step's index, `00` to `49`   |
 * | a run's end     | the run's ULID and `EN`                             |
 * | a test          | a fresh ULID and `TE`                               |
 * | a disabling     | its time, a hash of the endpoint, and `DE`          |
 */
export function stepEventId(runUid: string, stepIndex: number): string {
  return ulidOf(runUid) + String(stepIndex).padStart(2, '0');
}

export function runEndEventId(runUid: string): string {
  return `${ulidOf(runUid)}EN`;
}

export function testEventId(ulid: string): string {
  return `${ulid}TE`;
}

/** The ULID a test's event was made from, which its audit row has too; undefined for other events. */
export function testUlidOf(eventId: string): string | undefined {
  return eventId.endsWith('TE') ? eventId.slice(0, -'TE'.length) : undefined;
}

export function disabledEventId(endpointId: string, disabledAt: string): string {
  return `${causeUlid(endpointId, disabledAt)}DE`;
}

const eventIdCharacters = 28;

/**
 * Also the delivery's `webhook-id` on every attempt and redelivery. It contains no full stop, because that separates
 * the signed parts.
 */
export function deliveryIdOf(eventId: string, endpointId: string): string {
  return `dlv_${eventId}${endpointId.slice('ep_'.length).toUpperCase()}`;
}

export function eventIdOf(deliveryId: string): string {
  return deliveryId.slice('dlv_'.length, 'dlv_'.length + eventIdCharacters);
}

export function endpointIdOf(deliveryId: string): string {
  return `ep_${deliveryId.slice('dlv_'.length + eventIdCharacters).toLowerCase()}`;
}

/** Whether `text` has the form of a delivery id. */
export function isDeliveryId(text: string): boolean {
  return /^dlv_[0-9A-HJKMNP-TV-Z]{38}$/.test(text);
}

/** The ULID in `run_<ULID>`. The ids of the run's events and deliveries begin with it. */
export function ulidOf(runUid: string): string {
  return runUid.slice('run_'.length);
}
