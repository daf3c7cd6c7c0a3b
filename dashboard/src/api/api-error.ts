import type { ErrorCode, Fault } from '../../../functions/domain/errors';

/** The body of an error response, as in RFC 9457. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  /** What went wrong and what to do about it, in one or two sentences. */
  readonly detail: string;
  /** `unreachable` if there was no response, or if it did not come from this product's API. */
  readonly code: ErrorCode | 'unreachable';
  readonly request_id: string | null;
  readonly errors: readonly Fault[];
  /** When the daily run cap resets. Only with `daily_cap_reached`. */
  readonly resets_at?: string;
}

/** A call that failed, for whatever reason. Its message may be shown to the user. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(readonly problem: Problem) {
    super(problem.detail);
  }

  get code(): Problem['code'] {
    return this.problem.code;
  }

  /** True if the same call may succeed when it is sent again. */
  get isTransient(): boolean {
    return ['unreachable', 'unavailable', 'idempotency_in_progress'].includes(this.code) || this.problem.status === 429
      ? this.code !== 'daily_cap_reached'
      : false;
  }
}

/** Turns any thrown value into a problem that can be shown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  const detail = error instanceof Error ? error.message : String(error);
  return { title: 'Something went wrong', status: 0, detail, code: 'unreachable', request_id: null, errors: [] };
}
