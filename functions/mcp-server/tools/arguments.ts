import * as z from 'zod/mini';
import { documented } from '../../edge/http/documented';

/** A per-tenant number as an argument. The bounds of its schema are left out of what clients are shown. */
export function idArgument(description: string) {
  return documented(z.int().check(z.minimum(1)), { type: 'integer', description });
}

/** Small by default: a model reads the reply, and clients truncate long ones. */
export const defaultLimit = 20;
export const maxLimit = 100;

/** Arguments that every list accepts. */
export const pageArguments = {
  limit: z._default(z.int().check(z.minimum(1), z.maximum(maxLimit), z.describe('How many to return.')), defaultLimit),
  cursor: z.optional(
    z.string().check(z.maxLength(500), z.describe('next_cursor of the page before, with the same filters.')),
  ),
};

/**
 * `startRun` validates this value itself, in the same way for every door. The schema here only documents it for
 * clients.
 */
export function judgedLater(jsonSchema: Readonly<Record<string, unknown>>) {
  return documented(z.optional(z.unknown()), jsonSchema);
}
