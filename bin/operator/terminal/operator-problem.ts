export type ProblemCode =
  | 'access_denied'
  | 'differences_found'
  | 'file_not_readable'
  | 'file_not_writable'
  | 'limit_not_allowed'
  | 'member_exists'
  | 'name_not_allowed'
  | 'not_signed_in'
  | 'place_not_found'
  | 'region_missing'
  | 'run_not_succeeded'
  | 'stack_required'
  | 'tenant_exists'
  | 'throttled'
  | 'unreachable';

/** An error that the operator can put right. Only its message is printed: first what is wrong, then what to do. */
export class OperatorProblem extends Error {
  override readonly name = 'OperatorProblem';

  constructor(
    readonly code: ProblemCode,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}
