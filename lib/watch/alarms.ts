import { Annotations, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Watched } from './symptoms/symptom';
import { symptomsOf } from './symptoms/symptoms';

export interface AlarmsProps extends Watched {
  /** Address that receives alarms by e-mail. If undefined, alarms are visible only in CloudWatch. */
  readonly alarmEmail: string | undefined;
}

/** An alarm for each symptom, with its runbook article in the description, and an e-mail subscription to all alarms. */
export class Alarms extends Construct {
  readonly all: readonly Alarm[];
  /** Those that stop a release. */
  readonly ofRelease: readonly Alarm[];

  readonly #wakingWhenMissing: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { stage, alarmEmail } = props;

    const alarms = symptomsOf(props).map((symptom) => {
      const { id: alarmId, description, article, wakesWhenMissing = false, stopsRelease = false, ...rest } = symptom;
      const alarm = new Alarm(this, alarmId, {
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        ...rest,
        alarmDescription: `${description} Runbook: docs/operate.md#${article}`,
      });
      return { alarm, wakesWhenMissing, stopsRelease };
    });
    this.all = alarms.map(({ alarm }) => alarm);
    this.ofRelease = alarms.flatMap(({ alarm, stopsRelease }) => (stopsRelease ? [alarm] : []));
    this.#wakingWhenMissing = alarms.flatMap(({ alarm, wakesWhenMissing }) => (wakesWhenMissing ? [alarm] : []));

    if (alarmEmail !== undefined) this.#sendTo(alarmEmail);
    else if (stage.production) {
      Annotations.of(this).addWarningV2(
        'coffield-workflows:alarmEmail',
        'Nobody is notified when an alarm of this stage goes off: set the context value alarmEmail.',
      );
    }
  }

  /** Sends mail when an alarm begins and also when it ends, so that a late reader knows that the problem is over. */
  #sendTo(email: string): void {
    // The topic is not encrypted: CloudWatch can publish only to topics without a key or with a customer key, and alarm
    // messages contain no tenant data.
    const topic = new Topic(this, 'Topic', { enforceSSL: true });
    topic.addSubscription(new EmailSubscription(email));
    this.#admitCloudWatch(topic);
    const action = new SnsAction(topic);
    for (const alarm of this.all) {
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
    for (const alarm of this.#wakingWhenMissing) alarm.addInsufficientDataAction(action);
  }

  /**
   * A topic without a policy admits its own account and with it CloudWatch. Requiring TLS gives it a policy, which takes the
   * place of that default and has to name who may publish:
   * docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
   */
  #admitCloudWatch(topic: Topic): void {
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
  }
}
