import { createHash } from 'node:crypto';
import { crockford, ulidTime } from '../ulid';

/**
 * Ids of events and deliveries are made from their cause, so that whatever is repeated writes the same rows again:
 * an event is a ULID and two characters, a delivery is its event and its endpoint.
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

export function disabledEventId(endpointId: string, disabledAt: string): string {
  return `${disablingUlid(endpointId, disabledAt)}DE`;
}

/** In the form of a ULID, and the same whoever makes it: its time, and a hash of the endpoint. */
export function disablingUlid(endpointId: string, disabledAt: string): string {
  const hash = createHash('sha256').update(`${endpointId}\n${disabledAt}`).digest().subarray(0, 16);
  const characters = Array.from(hash, (byte) => crockford.charAt(byte % crockford.length)).join('');
  return ulidTime(Date.parse(disabledAt)) + characters.toUpperCase();
}

const eventIdCharacters = 28;

/** Also the delivery's `webhook-id`, on every attempt and replay. Holds no full stop, which separates the signed parts. */
export function deliveryIdOf(eventId: string, endpointId: string): string {
  return `dlv_${eventId}${endpointId.slice('ep_'.length).toUpperCase()}`;
}

export function eventIdOf(deliveryId: string): string {
  return deliveryId.slice('dlv_'.length, 'dlv_'.length + eventIdCharacters);
}

/** Anything else cannot be the id of a delivery. */
export function isDeliveryId(text: string): boolean {
  return /^dlv_[0-9A-HJKMNP-TV-Z]{38}$/.test(text);
}

/** `run_<ULID>` without its prefix: what ids of a run's events and deliveries start with. */
export function ulidOf(runUid: string): string {
  return runUid.slice('run_'.length);
}
