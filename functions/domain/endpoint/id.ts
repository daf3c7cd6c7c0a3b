import { randomInt } from 'node:crypto';
import { crockford } from '../ulid';

const endpointCharacters = 10;

/** `ep_` and 10 random characters: a tenant has at most 50 endpoints, and an id alone opens nothing. */
export function newEndpointId(): string {
  return `ep_${Array.from({ length: endpointCharacters }, () => crockford.charAt(randomInt(crockford.length))).join('')}`;
}

export function isEndpointId(text: string): boolean {
  return /^ep_[0-9a-hjkmnp-tv-z]{10}$/.test(text);
}
