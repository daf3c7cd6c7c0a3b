import { forbiddenInNames, isBlank } from '../../domain/text';
import { maxNameCharacters } from '../limits';

/**
 * What no name may hold, and, because the name is a stranger's, other characters that are not seen, private ones, and code
 * points that are no characters.
 */
const unseen = new RegExp(
  String.raw`[${forbiddenInNames}\xad\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200d\u2060-\u206f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff]`,
  'gu',
);

/**
 * Blocks above U+FFFF that stay: mathematical letters, emoji and the like, and ideographs. In the others each version of
 * Unicode adds characters, some of which are other spellings of old ones.
 */
const otherPlanes = /[^\0-\uffff\u{1d400}-\u{1d7ff}\u{1f000}-\u{1faff}\u{20000}-\u{323af}]/gu;

/** Where Unicode 17 added another spelling of a letter in the first plane. */
const newSpellings = /[\ua7ce-\ua7f1]/gu;

/**
 * A name that a stranger gave, without what could make it look like another text. Node's classes of characters depend
 * on its version of Unicode, so what is removed is listed here.
 *
 * @returns undefined if nothing is left that can be seen
 */
export function readableName(name: string): string | undefined {
  const readable = name
    .replace(/\s+/g, ' ')
    .replace(otherPlanes, '')
    .replace(newSpellings, '')
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .replace(unseen, '')
    .trim()
    .slice(0, maxNameCharacters)
    .replace(/[\ud800-\udbff]$/, '');
  return isBlank(readable) ? undefined : readable;
}
