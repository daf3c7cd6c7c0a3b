import { createHash } from 'node:crypto';

/** An entity tag: https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3 */
export interface EntityTag {
  readonly isWeak: boolean;
  /** What stands between the quotes. */
  readonly opaque: string;
}

/** What `If-Match` and `If-None-Match` name: any state, or these. */
export type NamedTags = '*' | readonly EntityTag[];

/** More are not read. A client that keeps a few copies of something sends a few tags. */
export const maxTags = 50;
export const maxTagCharacters = 4_096;

/** Between revision and hash. The base64url alphabet does not have it. */
const separator = '.';
/** 132 bits of SHA-256. */
const hashCharacters = 22;

/**
 * The strong validator of a representation. Any change of the text changes it.
 *
 * @param revision the revision of the edited thing that the text shows. It comes first, so that `If-Match` can be compared
 *   with it alone; see {@link revisionIn}.
 */
export function entityTag(text: string, revision?: string): string {
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, hashCharacters);
  return `"${revision === undefined ? '' : `${revision}${separator}`}${hash}"`;
}

/** The part of a tag that only an edit changes. A tag that is not of this API has none that any revision equals. */
export function revisionIn({ opaque }: EntityTag): string {
  return opaque.split(separator, 1)[0] ?? '';
}

/** A tag, a comma or white space. A tag may hold commas, so the field cannot be split at them. */
const tokens = /(?<weak>W\/)?"(?<opaque>[!#-~\u0080-\uffff]*)"|,|[ \t]+/gy;

/**
 * Reads the value of `If-Match` or `If-None-Match`: `*`, or a list of entity tags. Takes linear time.
 *
 * @returns undefined if it is neither, names no tag, or is longer than is read
 */
export function readTags(field: string): NamedTags | undefined {
  if (field.length > maxTagCharacters) return undefined;
  if (field.trim() === '*') return '*';
  const tags: EntityTag[] = [];
  let end = 0;
  let isSeparated = true;
  for (const { 0: token, index, groups } of field.matchAll(tokens)) {
    end = index + token.length;
    const opaque = groups?.['opaque'];
    if (opaque !== undefined) {
      if (!isSeparated) return undefined;
      tags.push({ isWeak: groups?.['weak'] !== undefined, opaque });
      isSeparated = false;
    } else if (token === ',') isSeparated = true;
  }
  return end === field.length && tags.length > 0 && tags.length <= maxTags ? tags : undefined;
}
