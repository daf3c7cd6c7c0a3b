import { ProductError } from '../../domain/errors';

/** JSON itself, or a type that ends in `+json`: https://www.rfc-editor.org/rfc/rfc6839#section-3.1 */
const jsonType = /^application\/([\w!#$&^.+-]+\+)?json$/i;

/** What stands between semicolons, except those inside a quoted text. */
const parts = /(?:[^;"]|"(?:[^"\\]|\\.)*"?)+/g;

/**
 * Requires that a body is announced as JSON in UTF-8, which is all that JSON is sent in between programs:
 * https://www.rfc-editor.org/rfc/rfc8259#section-8.1. Parameters besides `charset` have no meaning for JSON and are ignored.
 *
 * @throws ProductError `unsupported_media_type`, also for a charset that is repeated or cannot be read
 */
export function requireJson(contentType: string): void {
  const [type = '', ...parameters] = contentType.match(parts) ?? [];
  if (!jsonType.test(type.trim())) {
    throw new ProductError('unsupported_media_type', 'Send the body as JSON with "Content-Type: application/json".');
  }
  const charsets = parameters.flatMap(charsetOf);
  if (charsets.length > 1 || !charsets.every((charset) => /^utf-?8$/i.test(charset))) {
    throw new ProductError(
      'unsupported_media_type',
      'Send the body in UTF-8, with "Content-Type: application/json" and no other charset.',
    );
  }
}

/** The charset that a parameter names; empty text if it names none. None for every other parameter. */
function charsetOf(parameter: string): string[] {
  const [name = '', ...value] = parameter.split('=');
  if (name.trim().toLowerCase() !== 'charset') return [];
  return [
    value
      .join('=')
      .trim()
      .replace(/^"(.*)"$/, '$1'),
  ];
}
