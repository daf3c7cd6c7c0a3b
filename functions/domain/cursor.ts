import { createHmac, timingSafeEqual } from 'node:crypto';
import { invalidRequest } from './errors';
import { canonicalJson } from './json';

/** The scope in which a cursor is valid: one list of one tenant, with one set of filters. */
export interface CursorScope {
  readonly tenantId: string;
  /** The list's name and its filters. */
  readonly list: string;
  readonly filters: unknown;
  /** The tenant's random signing key, base64. */
  readonly key: string;
}

const macBytes = 16;

/**
 * Makes an opaque cursor that continues a list after the row with sort key `after`. It is signed for its scope: a
 * cursor of another tenant, or made with other filters, is refused like an invented one.
 */
export function encodeCursor(scope: CursorScope, after: string): string {
  return Buffer.concat([mac(scope, after), Buffer.from(after)]).toString('base64url');
}

/**
 * @returns the sort key to continue after
 * @throws ProductError `invalid_request` at `cursor`
 */
export function decodeCursor(scope: CursorScope, cursor: string): string {
  const bytes = Buffer.from(cursor, 'base64url');
  const after = bytes.subarray(macBytes).toString();
  const given = bytes.subarray(0, macBytes);
  if (bytes.length > macBytes && bytes.toString('base64url') === cursor && timingSafeEqual(given, mac(scope, after)))
    return after;
  throw invalidRequest([
    {
      parameter: 'cursor',
      code: 'invalid_cursor',
      detail: 'Not a cursor of this list with these filters; start again without one.',
    },
  ]);
}

function mac(scope: CursorScope, after: string): Buffer {
  const text = canonicalJson([scope.tenantId, scope.list, scope.filters, after]);
  return createHmac('sha256', Buffer.from(scope.key, 'base64')).update(text).digest().subarray(0, macBytes);
}
