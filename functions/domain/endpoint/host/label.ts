import { isLetter, isMark } from './letters';
import { decodePunycode, encodePunycode } from './punycode';
import { hasOneDirection } from './right-to-left';

/** How a label in ASCII begins that stands for one in another script (RFC 5890, section 2.3.2.1). */
const prefix = 'xn--';

/**
 * One label of a host name in the ASCII that is sent to name servers and receivers: `bücher` becomes `xn--bcher-kva`.
 *
 * Letters outside ASCII are compared with a list of our own, not with the tables of Node, which differ by version. The
 * rule is stricter than that of every Node that we support, so that each of them passes an accepted label on unchanged.
 * Nothing is converted but the case of ASCII letters: capital and full-width letters and the like have to be written as
 * what they stand for.
 *
 * @returns undefined for a label that has letters outside ASCII, or stands for such, that are not accepted
 */
export function asciiLabel(written: string): string | undefined {
  const label = written.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const isAscii = /^[!-~]*$/.test(label);
  if (isAscii && !label.startsWith(prefix)) return label;
  const text = isAscii ? decodePunycode(label.slice(prefix.length)) : label;
  if (text === undefined || !isForeign(text)) return undefined;
  const encoded = prefix + encodePunycode(text);
  // One text may have several encodings, and only one of them is what the encoder writes.
  return isAscii && encoded !== label ? undefined : encoded;
}

/** Text of a label that needs the prefix, in the only spelling that is accepted. */
function isForeign(text: string): boolean {
  if (text.startsWith(prefix) || !/[^!-~]/.test(text)) return false;
  // A letter and its accent have one spelling. For letters that a version of Unicode knows, no later version changes it.
  if (text !== text.normalize('NFC') || !hasOneDirection(text)) return false;
  return Array.from(text).every((character, at) => {
    if (/[!-~]/.test(character)) return /[a-z0-9-]/.test(character);
    return isLetter(character) || (at > 0 && isMark(character));
  });
}
