/** An execution as DescribeExecution describes it. Times are epoch milliseconds. */
export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly input: string;
  readonly startedAtMs: number;
  readonly end: ExecutionEnd | undefined;
}

export interface ExecutionEnd {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  readonly stoppedAtMs: number;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}
