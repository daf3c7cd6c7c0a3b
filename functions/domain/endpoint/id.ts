import { randomInt } from 'node:crypto';
import { crockford } from '../ulid';

const endpointCharacters = 10;

/**
 * Makes an id of `ep_` and 10 random characters. That is enough, because a tenant has at most 100 endpoints, which is
 * the most that an operator can allow, and an id alone gives no access.
 */
export function newEndpointId(): string {
  return `ep_${Array.from({ length: endpointCharacters }, () => crockford.charAt(randomInt(crockford.length))).join('')}`;
}

export function isEndpointId(text: string): boolean {
  return /^ep_[0-9a-hjkmnp-tv-z]{10}$/.test(text);
}
