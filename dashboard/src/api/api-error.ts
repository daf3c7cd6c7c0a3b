import type { ErrorCode, Fault } from '../../../functions/domain/errors';

/** The body of a refusal, RFC 9457. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  /** What to do about it, in one or two sentences. */
  readonly detail: string;
  /** `unreachable`: no answer, or one that is not ours. */
  readonly code: ErrorCode | 'unreachable';
  readonly request_id: string | null;
  readonly errors: readonly Fault[];
  /** When the daily run cap resets; on `daily_cap_reached` only. */
  readonly resets_at?: string;
}

/** Whatever kept a call from succeeding. Its message is fit to be shown. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(readonly problem: Problem) {
    super(problem.detail);
  }

  get code(): Problem['code'] {
    return this.problem.code;
  }

  /** The same call may succeed when sent again. */
  get isPassing(): boolean {
    return ['unreachable', 'unavailable', 'idempotency_in_progress'].includes(this.code) || this.problem.status === 429
      ? this.code !== 'daily_cap_reached'
      : false;
  }
}

/** Any thrown value as the problem to show. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  const detail = error instanceof Error ? error.message : String(error);
  return { title: 'Something went wrong', status: 0, detail, code: 'unreachable', request_id: null, errors: [] };
}
