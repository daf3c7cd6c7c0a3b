import * as z from 'zod/mini';
import { auditEventSchema } from '../tenant/audit';
import { runSchema, trailEntrySchema } from './run';

/** A run's row: the run, its trail, its input unless kept apart, and its due time. */
export const storedRunSchema = z.extend(runSchema, {
  trail: z.array(trailEntrySchema),
  /** JSON text. Absent if it exceeds 2 KB; it is then an item of its own. */
  input: z.optional(z.string()),
  /** When recovery takes the run up. On a run that has ended: its end event or audit row is still missing. */
  due_at: z.optional(z.string()),
  /** The execution that handed the run over last. */
  handed_over_by: z.optional(z.string()),
  /** The value of `restarts` when AWS last throttled the run. Up to there, restarts do not count against it. */
  restarts_excused: z.optional(z.int()),
  /**
   * The audit row of a cancellation, written with it, so that recovery can append it if the request died before it did.
   */
  cancellation: z.optional(auditEventSchema),
});
export type StoredRun = z.infer<typeof storedRunSchema>;
