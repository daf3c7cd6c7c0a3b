/**
 * What is replaced in a message and in the texts of a payload:
 *
 * - `{{input.a.b.0}}`, with optional spaces around the path, by a value of the input. The path is the first group.
 * - `{{'{{'}}` or `{{"{{"}}` by `{{`, so that a text can hold what would otherwise be a placeholder.
 *
 * Only text is replaced; nothing is evaluated.
 */
export const placeholder = /\{\{\s*(?:input\.([^{}]+)|(?:'\{\{'|"\{\{")\s*)\}\}/g;

/** How a text says `{{` without beginning a placeholder. */
export const literalBraces = "{{'{{'}}";
