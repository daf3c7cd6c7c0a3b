import * as z from 'zod/mini';

/*
 * Below are classes of characters, each as it stands between the brackets of a regular expression. They are written out
 * for two reasons: what `\s` and `\p{Cf}` hold depends on a Node's version of Unicode, and openapi.json prints them for
 * validators in other languages.
 */

/** Controls without tab and line breaks: the rest of U+0000 to U+001F, and U+007F to U+009F. */
const controls = String.raw`\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f`;

/** What begins a new line or another column. */
const breaks = String.raw`\t\n\r\u2028\u2029`;

/** Marks that change the direction of the text around them, by which one word can be made to look like another. */
const directions = String.raw`\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069`;

const spaces = String.raw` \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000`;

/** Characters without width that mean nothing at the end of a text: soft hyphen, zero-width space, word joiner, BOM. */
const fillers = String.raw`\u00ad\u200b\u2060\ufeff`;

/** What shows nothing by itself, but may change what stands beside it, such as joiners and variation selectors. */
const modifiers = String.raw`\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c\u200d\u2061-\u2065\u206a-\u206f\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufffb`;
/** The same above U+FFFF: marks of shorthand and of music, tags, and more variation selectors. */
const modifiersAbove = String.raw`\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}`;

const trimmedOff = `${breaks}${spaces}${fillers}`;
const forbiddenCharacters = `${controls}${directions}`;

/** What no name may hold, and no line of a terminal: controls, line breaks and direction marks. */
export const forbiddenInNames = `${forbiddenCharacters}${breaks}`;

// Each character of the class is meant by itself, also the joiners and the marks.
// eslint-disable-next-line no-misleading-character-class
const visible = new RegExp(`[^${forbiddenInNames}${spaces}${fillers}${modifiers}${modifiersAbove}]`, 'u');

/** Characters in a text that somebody who reads it does not see, and that mean nothing to those who do. */
export const hiddenCharacters = new RegExp(`[${forbiddenInNames}${fillers}]`, 'g');

/** Without the look-behind, a long run of spaces inside a text would be tried from each of its characters. */
const ends = new RegExp(`^[${trimmedOff}]+|(?<![${trimmedOff}])[${trimmedOff}]+$`, 'g');

/** Whether nothing of a text can be seen. */
export function isBlank(text: string): boolean {
  return !visible.test(text);
}

/** A text without the white space, and the characters without width, at both of its ends. */
export function trimmed(text: string): string {
  return text.replace(ends, '');
}

/**
 * The rule of names for those who read openapi.json. It differs from the server's in two things: a validator measures a
 * text before it is trimmed, and characters above U+FFFF all count as visible, because a pattern without the flag `u`
 * sees only their halves. No part can begin with what the part before it ends with, so no text takes more than one pass.
 */
const namePattern =
  `^[${trimmedOff}]*(?:[${modifiers}][${spaces}${fillers}${modifiers}]*)?` +
  `[^${forbiddenInNames}${spaces}${fillers}${modifiers}][^${forbiddenInNames}]*(?:[${breaks}][${trimmedOff}]*)?$`;

/** The greatest length of a name in UTF-16 units. */
export const nameCharacters = 120;

/**
 * A name that a person gives to something: one line of at most {@link nameCharacters} after it is trimmed, in which
 * something can be seen, without control and direction characters. It is not normalised, because the normal form of a new letter
 * depends on a Node's version of Unicode. Faults: `too_big`, `forbidden_character`, `blank`.
 *
 * It is for what is written only. Stored names may be older than the rule, and must still be read.
 */
export const nameSchema = z
  .string()
  .check(
    z.overwrite(trimmed),
    atMost(nameCharacters),
    without(forbiddenInNames, 'Must be one line without control or direction characters; remove them.'),
    z.refine((text) => !isBlank(text), {
      error: 'Must have at least 1 character that can be seen.',
      params: { code: 'blank' },
    }),
  )
  .register(z.globalRegistry, { minLength: 1, pattern: namePattern });

/**
 * A text of at most `max` UTF-16 units after it is trimmed, without control and direction characters; it may have several
 * lines. One in which nothing can be seen is none, and becomes null. Faults: `too_big`, `forbidden_character`. Like
 * {@link nameSchema}, it is for what is written only.
 */
export function descriptionSchema(max: number) {
  const text = z
    .string()
    .check(
      z.overwrite(trimmed),
      atMost(max),
      without(
        forbiddenCharacters,
        'Must not hold control or direction characters other than tabs and line breaks; remove them.',
      ),
    )
    .register(z.globalRegistry, { pattern: `^[^${forbiddenCharacters}]*$` });
  return z.pipe(
    z.nullable(text),
    z.transform((given) => (given === null || isBlank(given) ? null : given)),
  );
}

function atMost(max: number) {
  return z.maxLength(max, `Must have at most ${max} characters.`);
}

function without(forbidden: string, error: string) {
  const pattern = new RegExp(`[${forbidden}]`);
  return z.refine<string>((text) => !pattern.test(text), {
    error,
    abort: true,
    params: { code: 'forbidden_character' },
  });
}
