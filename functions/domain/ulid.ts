import { createHash } from 'node:crypto';

export const crockford = '0123456789abcdefghjkmnpqrstvwxyz';

const timeCharacters = 10;

/** The ten characters that every ULID of this millisecond begins with. */
export function ulidTime(atMs: number): string {
  let rest = atMs;
  let characters = '';
  for (let place = 0; place < timeCharacters; place += 1) {
    characters = crockford.charAt(rest % crockford.length) + characters;
    rest = Math.floor(rest / crockford.length);
  }
  return characters.toUpperCase();
}

/** The beginning of a ULID, which says when it was made. */
export function timeIn(ulid: string): string {
  return ulid.slice(0, timeCharacters);
}

/**
 * Makes an id in the form of a ULID that is the same whoever makes it: the time of a change, and a hash of what changed. It
 * sorts by time like any ULID, and a row that is written with it twice is stored once.
 *
 * @param cause what happened, such as `workflow 3 version 2`; unique within its millisecond
 */
export function causeUlid(cause: string, at: string): string {
  const hash = createHash('sha256').update(`${cause}\n${at}`).digest().subarray(0, 16);
  const characters = Array.from(hash, (byte) => crockford.charAt(byte % crockford.length)).join('');
  return ulidTime(Date.parse(at)) + characters.toUpperCase();
}
