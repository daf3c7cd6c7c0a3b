import * as z from 'zod/mini';
import { documented } from './documented';

/** A whole number in a query parameter; `fallback` if the parameter is absent. */
export function queryNumber(limits: { min: number; max: number; fallback: number }) {
  const { min: minimum, max: maximum, fallback } = limits;
  const schema = z._default(
    z.pipe(
      z.string().check(z.regex(/^-?\d{1,9}$/, 'Must be a whole number.')),
      z.pipe(z.transform(Number), z.int().check(z.minimum(minimum), z.maximum(maximum))),
    ),
    fallback,
  );
  return documented(schema, { type: 'integer', minimum, maximum, default: fallback });
}
