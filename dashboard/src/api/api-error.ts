import type { ErrorCode, Fault } from '../../../functions/domain/errors';

/** The body of an error response, as in RFC 9457. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  /** What went wrong and what to do about it, in one or two sentences. */
  readonly detail: string;
  /**
   * `unreachable` if there was no response, or if it did not come from this product's API; `offline` if there was no
   * connection to send over; `no_answer` if the response did not come in time.
   */
  readonly code: ErrorCode | 'unreachable' | 'offline' | 'no_answer';
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
    const codes: readonly Problem['code'][] = [
      'unreachable',
      'offline',
      'no_answer',
      'unavailable',
      'idempotency_in_progress',
    ];
    return codes.includes(this.code) || this.problem.status === 429 ? this.code !== 'daily_cap_reached' : false;
  }
}

/** Turns any thrown value into a problem that can be shown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  const detail = error instanceof Error ? error.message : String(error);
  return problemWithoutAnswer('unreachable', 'Something went wrong', detail);
}

/** What is shown for a request that the API did not answer. */
export function problemWithoutAnswer(code: Problem['code'], title: string, detail: string): Problem {
  return { title, status: 0, detail, code, request_id: null, errors: [] };
}
