import type { FunctionName } from '../../../functions/contract/functions';

/** One call of a function, one command of the operator, or one call that a state machine makes itself. */
export interface Invocation {
  readonly functionName: FunctionName | 'operator' | 'state machine';
  /** Counts from 1 within a schedule, so that a story can name it. */
  readonly number: number;
  /** The tenants whose rows it may touch; undefined if all. */
  readonly tenantIds: readonly string[] | undefined;
  /** Lambda ends it at this time. */
  readonly endsMs: number;
  readonly beganMs: number;
  readonly beganStep: number;
  /** Undefined until it has answered; also if it never did. */
  endedStep: number | undefined;
  /** How many faults have hit its calls. */
  faults: number;
  /** Its process is gone: none of its calls is answered any more. */
  isDead: boolean;
  /** Ends it where it is; its caller gets {@link ProcessDied}. */
  die: () => void;
}

/** `run-segment 7` */
export function nameOf({ functionName, number }: Invocation): string {
  return `${functionName} ${number}`;
}
