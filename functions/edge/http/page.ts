import * as z from 'zod/mini';
import { decodeCursor, encodeCursor, type CursorScope } from '../../domain/cursor';
import type { Tenant } from '../../domain/tenant/tenant';
import { queryNumber } from './query-number';

/** The number of rows on a page of a list; `fallback` if the caller names none. */
export const pageSize = { min: 1, max: 100, fallback: 25 } as const;

/** Query parameters that every list accepts. */
export const pageQuery = {
  limit: queryNumber(pageSize),
  cursor: z.optional(z.string().check(z.maxLength(500))),
};

/** The response of every list. */
export function pageSchema<T extends z.core.$ZodType>(item: T) {
  return z.object({ data: z.array(item), has_more: z.boolean(), next_cursor: z.nullable(z.string()) });
}

/** Decodes and encodes the cursors of one list with one set of filters. */
export function cursors(tenant: Tenant, list: string, filters: unknown) {
  const scope: CursorScope = { tenantId: tenant.id, key: tenant.cursor_key, list, filters };
  return {
    /** @throws ProductError `invalid_request` for a cursor of another list or other filters */
    after: (cursor: string | undefined): string | undefined =>
      cursor === undefined ? undefined : decodeCursor(scope, cursor),
    page: <T>(data: readonly T[], next: string | undefined) => ({
      data,
      has_more: next !== undefined,
      next_cursor: next === undefined ? null : encodeCursor(scope, next),
    }),
  };
}
