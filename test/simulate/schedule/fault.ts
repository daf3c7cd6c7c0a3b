/**
 * What can happen to a call instead of being answered at once. The SDK's own attempts are part of it: `refused` and
 * `throttled` mean that all of them were.
 */
export const faults = {
  refused: 'every attempt fails before the request takes effect',
  throttled: 'every attempt is refused with a throttling error',
  response_lost: 'the request takes effect, and its answer is lost',
  repeated: 'the answer is lost, and the SDK sends the request again',
  overtaken: 'the SDK sends the request again, and the first one takes effect later or never',
  late: 'the sender gives up, and the request takes effect later or never',
  slow: 'the request takes seconds until it takes effect',
  answered_late: 'the request takes effect at once, and its answer takes seconds',
  dies_before: 'the process dies before the request is sent',
  dies_after: 'the process dies after the request has taken effect',
} as const;

export type Fault = keyof typeof faults;

/** Faults of a request to the table, a queue or Step Functions. */
export const faultsOfRequests = Object.keys(faults) as readonly Fault[];
/** Faults of the end of an invocation: its work is done, and what it answers comes late or never. */
export const faultsOfAnswers: readonly Fault[] = ['response_lost', 'answered_late'];

/** The longest that a `slow` or `answered_late` request takes: three attempts of the SDK, each given up after 10 s. */
export const slowSeconds = [1, 3, 9, 25] as const;
/** A request whose sender has given up takes effect within this time, if ever. */
export const lateSeconds = 10;

/** Thrown to whoever invoked a process that died. */
export class ProcessDied extends Error {
  override readonly name = 'ProcessDied';
}

/** A retryable error. `$metadata` marks it as thrown by the SDK, which is how the product recognises it. */
export class RequestFailed extends Error {
  readonly $metadata = {};
  readonly code: string;

  constructor(override readonly name: string) {
    super(`Simulated: ${name}`);
    this.code = name;
  }
}
