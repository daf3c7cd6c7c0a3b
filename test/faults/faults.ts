/** The faults that can be injected into one call. Opening a connection to a webhook receiver counts as a call too. */
export const faults = {
  refused: 'every attempt of the SDK fails before the request takes effect',
  response_lost: 'every attempt of the SDK takes effect, and then its response is lost',
  timed_out: 'the request takes effect but times out, and the SDK repeats it and reads the second response',
  throttled: 'every attempt of the SDK is refused by the service with a throttling error',
  process_stops: 'the process stops before the call, and every later call of the same process fails',
  execution_lost: 'the process stops before the call, and the execution that invoked it never continues',
} as const;
export type Fault = keyof typeof faults;
export const allFaults = Object.keys(faults) as Fault[];

/** Thrown into a function whose process has stopped. It is not an AWS error, so nothing retries it. */
export class ProcessStopped extends Error {
  override readonly name = 'ProcessStopped';
}

/** A retryable error. `$metadata` marks it as thrown by the SDK, which is how the product recognises it. */
export class Transient extends Error {
  readonly $metadata = {};
  readonly code: string;

  constructor(name: string) {
    super(`Injected: ${name}`);
    this.name = name;
    this.code = name;
  }
}
