/** What is done to one call. The connection to a receiver counts as a call too. */
export const faults = {
  refused: 'throws before taking effect, on every attempt of the SDK',
  answer_lost: 'throws after taking effect, on every attempt of the SDK: each one takes effect',
  timed_out: 'takes effect, its answer is late: the SDK tries again and reads the second answer',
  throttled: 'is refused by the service, on every attempt of the SDK',
  process_stops: 'the process ends before it: every later call of this process fails for ever',
  execution_lost: 'the process ends before it, and the execution that called it is never heard of again',
} as const;
export type Fault = keyof typeof faults;
export const everyFault = Object.keys(faults) as Fault[];

/** What a function meets when its process is gone: not an AWS error, and never worth another attempt. */
export class ProcessStopped extends Error {
  override readonly name = 'ProcessStopped';
}

/** An error the SDK tries again after, and marks as its own when it gives up. */
export class Transient extends Error {
  readonly $metadata = {};
  readonly code: string;

  constructor(name: string) {
    super(`Injected: ${name}`);
    this.name = name;
    this.code = name;
  }
}
