import * as z from 'zod/mini';
import { pick } from '../pick';
import { attemptErrorSchema, attemptSchema, type Attempt } from './delivery';

const outlined = z.pick(attemptSchema, {
  number: true,
  trigger: true,
  at: true,
  duration_ms: true,
  response_status: true,
});

/** When an attempt was made and how it ended, without what was sent and answered. */
export const attemptOutlineSchema = z.extend(outlined, {
  /** Null if the attempt succeeded. */
  error_class: z.nullable(attemptErrorSchema.shape.class),
});
export type AttemptOutline = z.infer<typeof attemptOutlineSchema>;

/** An attempt as far as its outline needs it. */
export const outlinedAttemptSchema = z.extend(outlined, {
  error: z.nullable(z.pick(attemptErrorSchema, { class: true })),
});

export function outlineOf(
  attempt: Pick<Attempt, keyof typeof outlined.shape> & { error: OutlinedError },
): AttemptOutline {
  return { ...pick(outlined, attempt), error_class: attempt.error?.class ?? null };
}

type OutlinedError = z.infer<typeof outlinedAttemptSchema>['error'];
