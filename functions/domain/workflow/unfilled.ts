import { hiddenCharacters } from '../text';
import { literalBraces, placeholder } from './placeholder';

/** What stands between `{{` and the next `}}`, the next `{{` or the end of the text. */
const opened = /\{\{+(.*?)(\}\}|(?=\{\{)|$)/gs;

/** A name of an input as people write it in a path. */
const plainName = /^[^\s.[\]{}()|'"$,;]+$/;

const inBrackets = /\[\s*(?:'([^']*)'|"([^"]*)"|(\d+))\s*\]/g;

/** How an input is spelled elsewhere: `inputs.x`, `Input.x`, and `$input.x` or `$json.x` as in n8n. */
const otherSpelling = /^(?:\$json|\$?inputs?)(?=\.|$)/i;

/** A path with an empty name, with a space beside a dot, or with the brackets and bars of other languages. */
const oddPath = /^$|^\.|\.$|\.\.|\s\.|\.\s|[[\]|]/;

/** A name in a payload that looks as if it should be filled in. */
const namesInput = /\{\{[^{}]*\binputs?\b/i;

const maxShownCharacters = 80;

/**
 * Says of each text in double braces that it is never filled in, or only by a value with an unlikely name. It takes time in
 * proportion to the length of the text.
 *
 * @param text of a valid recipe, so that "| json" is in it only as the end of a placeholder that is alone
 * @returns at most `max` sentences, on the first `max` such texts, without repetitions
 */
export function unfilledIn(text: string, max: number): string[] {
  const found: Found = { sentences: new Map(), left: max };
  let from = 0;
  for (const { 0: whole, 1: path, index } of text.matchAll(placeholder)) {
    if (index > from) findBetween(text.slice(from, index), found);
    if (found.left === 0) break;
    if (path !== undefined && isUnlikely(path)) note(whole, found, unlikely);
    from = index + whole.length;
  }
  findBetween(text.slice(from), found);
  return [...found.sentences.values()];
}

/** What was found so far, with the sentence on it. */
interface Found {
  readonly sentences: Map<string, string>;
  /** How many more are looked at. A text can repeat one of them thousands of times. */
  left: number;
}

/** Finds what stands between two placeholders. */
function findBetween(text: string, found: Found): void {
  for (const [, inner = '', end = ''] of text.matchAll(opened)) {
    if (found.left === 0) return;
    note(`{{${inner}${end}`, found, end === '' ? unclosed : unknown);
  }
}

function note(whole: string, found: Found, sentenceOn: (whole: string) => string): void {
  found.left -= 1;
  if (!found.sentences.has(whole)) found.sentences.set(whole, sentenceOn(whole));
}

/** Says of a name in a payload that a placeholder in it is never filled in. Other braces may be meant as they are. */
export function unfilledInName(name: string): string | undefined {
  if (!namesInput.test(name)) return undefined;
  return `The name "${shown(name)}" stays as it is: only the texts of a payload are filled in, not its names.`;
}

function unknown(whole: string): string {
  const path = suggestedPath(whole);
  const advice =
    path === undefined ? 'only {{input.…}} is, with the name of a value.' : `did you mean {{input.${path}}}?`;
  return `${shown(whole)} is never filled in: ${advice} ${howToKeep}`;
}

function unclosed(whole: string): string {
  return `${shown(whole)} has no }} at its end, so it is never filled in. ${howToKeep}`;
}

const howToKeep = `If it is meant as it is, write ${literalBraces} for its {{.`;

function unlikely(whole: string): string {
  const path = suggestedPath(whole);
  const advice = path === undefined ? '.' : `: did you mean {{input.${path}}}?`;
  return `${shown(whole)} is filled in only by a value with exactly this name, its spaces and signs included${advice}`;
}

/** A value could have such a name, but more likely the author expects more than names and dots. */
function isUnlikely(path: string): boolean {
  const names = path.replace(/\|\s*json\s*$/, '').trim();
  return oddPath.test(names) || names.search(hiddenCharacters) !== -1;
}

/** The path that was probably meant by `{{…}}`. */
function suggestedPath(whole: string): string | undefined {
  if (whole.length > maxShownCharacters) return undefined;
  const [path = ''] = whole.slice('{{'.length, -'}}'.length).replace(hiddenCharacters, '').split('|');
  const dotted = path.replace(inBrackets, (_, single = '', double = '', index = '') => `.${single}${double}${index}`);
  const names = dotted.trim().split(/\s*\.+\s*/);
  const own = otherSpelling.test(names.join('.')) ? names.slice(1) : names;
  const kept = own.filter((name) => name !== '');
  return kept.length > 0 && kept.every((name) => plainName.test(name)) ? kept.join('.') : undefined;
}

/** A text as a sentence quotes it: shortened, and with each character that is not seen as its code point. */
function shown(text: string): string {
  const start = text.length > maxShownCharacters ? `${text.slice(0, maxShownCharacters)}…` : text;
  return start
    .replace(/[\ud800-\udbff](?=…)/, '')
    .replace(hiddenCharacters, (one) => `<U+${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`);
}
