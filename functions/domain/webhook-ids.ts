import { randomInt } from 'node:crypto';
import { causeUlid } from './cause-ulid';

const crockford = '0123456789abcdefghjkmnpqrstvwxyz';
const endpointCharacters = 10;

/** `ep_` and 10 random characters: a tenant has at most 50 endpoints, and an id alone opens nothing. */
export function newEndpointId(): string {
  return `ep_${Array.from({ length: endpointCharacters }, () => crockford.charAt(randomInt(crockford.length))).join('')}`;
}

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

/** The ULID a test's event was made from, which its audit row has too; undefined for other events. */
export function testUlidOf(eventId: string): string | undefined {
  return eventId.endsWith('TE') ? eventId.slice(0, -'TE'.length) : undefined;
}

export function disabledEventId(endpointId: string, disabledAt: string): string {
  return `${causeUlid(endpointId, disabledAt)}DE`;
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

export function isEndpointId(text: string): boolean {
  return /^ep_[0-9a-hjkmnp-tv-z]{10}$/.test(text);
}

/** `run_<ULID>` without its prefix: what ids of a run's events and deliveries start with. */
export function ulidOf(runUid: string): string {
  return runUid.slice('run_'.length);
}
