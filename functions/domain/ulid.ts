export const crockford = '0123456789abcdefghjkmnpqrstvwxyz';

/** The ten characters that every ULID of this millisecond begins with. */
export function ulidTime(atMs: number): string {
  let rest = atMs;
  let characters = '';
  for (let place = 0; place < 10; place += 1) {
    characters = crockford.charAt(rest % crockford.length) + characters;
    rest = Math.floor(rest / crockford.length);
  }
  return characters.toUpperCase();
}
