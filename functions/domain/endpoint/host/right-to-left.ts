/** The blocks of Unicode whose scripts are written from right to left. */
const blocks = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Letters of Hebrew, Arabic, Syriac, Thaana and N'Ko, without those that Node 20 does not know to be such. */
const letter = String.raw`\u05d0-\u05ea\u05ef-\u05f2\u0620-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff\u0710\u0712-\u072f\u074d-\u07a5\u07b1\u07ca-\u07ea\u08a0-\u08b4\u08b6-\u08c7`;
const mark = String.raw`\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u07eb-\u07f3\u08d3-\u08e1\u08e3-\u08ff`;

// Marks are meant one by one here, and not with the letter before them.
// eslint-disable-next-line no-misleading-character-class
const name = new RegExp(`^[${letter}](?:[${letter}${mark}0-9-]*[${letter}0-9])?[${mark}]*$`);

/**
 * Whether a label does not mix directions: RFC 5893, section 2, of which this is the part that living scripts need. What
 * else has that direction is refused, digits of these scripts included.
 */
export function hasOneDirection(label: string): boolean {
  return !blocks.test(label) || name.test(label);
}
