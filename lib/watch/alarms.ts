import { Annotations } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Watched } from './symptoms/symptom';
import { symptomsOf } from './symptoms/symptoms';

export interface AlarmsProps extends Watched {
  /** Whom alarms wake; undefined: they only show in CloudWatch. */
  readonly alarmEmail: string | undefined;
}

/** An alarm for each symptom, naming its article of the runbook; and whom they wake. */
export class Alarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { stage, alarmEmail } = props;

    this.all = symptomsOf(props).map(
      ({ id: symptom, says, article, ...rest }) =>
        new Alarm(this, symptom, {
          comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
          ...rest,
          alarmDescription: `${says} Runbook: docs/operate.md#${article}`,
        }),
    );

    if (alarmEmail !== undefined) this.#wake(alarmEmail);
    else if (stage.production) {
      Annotations.of(this).addWarningV2(
        'coffield-workflows:alarmEmail',
        'The alarms of this stage wake nobody: set the context alarmEmail.',
      );
    }
  }

  /** Also when it is over, so that whoever gets up late knows. */
  #wake(email: string): void {
    // Not encrypted by a key: alarms may publish under a key of one's own only, and they tell no tenant's data.
    const topic = new Topic(this, 'Topic', { enforceSSL: true });
    topic.addSubscription(new EmailSubscription(email));
    const action = new SnsAction(topic);
    for (const alarm of this.all) {
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
  }
}
