import { RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Settings } from './settings';

/** Everything that differs between the production stage and the other stages. */
export interface Stage {
  readonly name: string;
  readonly production: boolean;
  /**
   * The production stage keeps its data even if the stack is deleted, except while it is being created. Any other stage
   * leaves nothing behind.
   */
  readonly keepsData: boolean;
  /**
   * For what keeps data or an address. If the update that adds such a resource fails, the resource is deleted, because
   * nobody has used it yet and the next try creates another one.
   */
  readonly removalPolicy: RemovalPolicy;
  readonly logRetention: RetentionDays;
}

export function stageOf({ stage: name, protection }: Pick<Settings, 'stage' | 'protection'>): Stage {
  const production = name === 'production';
  const keepsData = production && protection === 'on';
  return {
    name,
    production,
    keepsData,
    removalPolicy: keepsData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    // Production keeps logs as long as delivery rows, so that the log lines of every delivery on display still exist.
    logRetention: production ? RetentionDays.THREE_MONTHS : RetentionDays.ONE_WEEK,
  };
}
