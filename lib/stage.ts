import { RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** Everything that differs between the production stage and the other stages. */
export interface Stage {
  readonly name: string;
  /** The production stage keeps its data even if the stack is deleted. Any other stage leaves nothing behind. */
  readonly production: boolean;
  readonly removalPolicy: RemovalPolicy;
  readonly logRetention: RetentionDays;
}

export function stageNamed(name: string): Stage {
  const production = name === 'production';
  return {
    name,
    production,
    removalPolicy: production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    // Production keeps logs as long as delivery rows, so that the log lines of every delivery on display still exist.
    logRetention: production ? RetentionDays.THREE_MONTHS : RetentionDays.ONE_WEEK,
  };
}
