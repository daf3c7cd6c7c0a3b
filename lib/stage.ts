import { RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** What differs between the production stage and every other one, in one place. */
export interface Stage {
  readonly name: string;
  /** Production keeps what it holds, whatever happens to the stack; any other stage leaves nothing behind. */
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
    // Production logs live as long as delivery rows, so that a delivery on display can still be looked up.
    logRetention: production ? RetentionDays.THREE_MONTHS : RetentionDays.ONE_WEEK,
  };
}
