import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Database } from '../../../functions/aws/database';
import type { OperatorProblem } from '../terminal/operator-problem';
import type { LogTail } from './log-tail';
import type { TailedRun } from './tail-log-groups';

/** Where a command works: the table and the queues of one deployment. */
export interface Place {
  readonly database: Database;
  readonly sqs: SQSClient;
  readonly deliveryQueueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** Follows what the functions log about a run. */
  readonly tailLogs: (run: TailedRun) => LogTail;
  /** One sentence for what goes wrong between here and there; undefined for anything else. */
  readonly explain: (error: unknown) => OperatorProblem | undefined;
  readonly close: () => void;
}

export interface WhereOptions {
  readonly local?: true | undefined;
  readonly stack: string;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}
