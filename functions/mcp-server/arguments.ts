import * as z from 'zod/mini';
import { documented } from '../edge/http/documented';

/** A per-tenant number as an argument. */
export function idArgument(description: string) {
  return z.int().check(z.minimum(1), z.describe(description));
}

/** Small unless asked: a reply is read by a model, and clients cut long ones off. */
export const defaultLimit = 20;
export const maxLimit = 100;

/** Arguments every list takes. */
export const pageArguments = {
  limit: z._default(z.int().check(z.minimum(1), z.maximum(maxLimit), z.describe('How many to return.')), defaultLimit),
  cursor: z.optional(
    z.string().check(z.maxLength(500), z.describe('next_cursor of the page before, with the same filters.')),
  ),
};

/** A schema that `startRun` judges by itself, the same over every door; here is only what clients are told of it. */
export function judgedLater(jsonSchema: Readonly<Record<string, unknown>>) {
  return documented(z.optional(z.unknown()), jsonSchema);
}
