import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Database } from '../../../functions/aws/database';
import type { OperatorProblem } from '../terminal/operator-problem';
import type { LogTail } from './log-tail';
import type { StackArns } from './stack-arns';
import type { TailedRun } from './tail-log-groups';

/** One deployment of the product, in AWS or on this machine: its table, its queues and its logs. */
export interface Deployment {
  readonly database: Database;
  readonly sqs: SQSClient;
  readonly deliveryQueueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** Follows the log lines that the functions write about a run. */
  readonly tailLogs: (run: TailedRun, now: () => Date) => LogTail;
  /** Reads the ARNs of a deployed stack's resources; undefined for the local run, which has none. */
  readonly readArns: (() => Promise<StackArns>) | undefined;
  /** Explains an error of the connection to the deployment in one sentence; undefined for any other error. */
  readonly explain: (error: unknown) => OperatorProblem | undefined;
  readonly close: () => void;
}

/** The options that select a deployment. */
export interface DeploymentOptions {
  readonly local?: true | undefined;
  readonly stack: string;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}
