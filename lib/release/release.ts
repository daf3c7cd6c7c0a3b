import { Stack, Validations } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Settings } from '../settings';
import type { Stage } from '../stage';
import type { Door } from './door';

export interface ReleaseProps {
  readonly stage: Stage;
  readonly settings: Pick<Settings, 'release'>;
  readonly doors: readonly Door[];
  /** If one of them is on, a release stops and its doors go back. */
  readonly alarms: readonly Alarm[];
}

/**
 * Shifts the doors' aliases to the version that a deployment published. With `canary` the new version gets a tenth of the
 * requests for five minutes, then all; an alarm, a failure or somebody who stops it brings the alias back, and
 * CloudFormation rolls the deployment back. The first deployment shifts nothing: it creates the aliases.
 *
 * `at-once` does not look at alarms. They would refuse the very release, or return to the last one, that ends what they
 * report: CodeDeploy stops a deployment that begins under an alarm.
 */
export class Release extends Construct {
  constructor(scope: Construct, id: string, { stage, settings, doors, alarms }: ReleaseProps) {
    super(scope, id);
    const pace = settings.release ?? (stage.production ? 'canary' : 'at-once');
    // Names from which an operator can write the commands of docs/deploy.md.
    const application = new LambdaApplication(this, 'Application', { applicationName: Stack.of(this).stackName });
    const role = this.#role(doors);
    for (const door of doors) {
      new LambdaDeploymentGroup(this, door.productName, {
        application,
        deploymentGroupName: door.productName,
        alias: door.live,
        deploymentConfig:
          pace === 'canary' ? LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES : LambdaDeploymentConfig.ALL_AT_ONCE,
        alarms: [...alarms],
        ignoreAlarmConfiguration: pace === 'at-once',
        // If nobody can say how the new version does, it gets no more requests.
        ignorePollAlarmsFailure: false,
        autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
        // Otherwise the CDK attaches a managed policy that reaches every alias of the account.
        role: role.withoutPolicyUpdates(),
      });
    }
  }

  /** What docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForLambdaLimited.html has, for these aliases. */
  #role(doors: readonly Door[]): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
      inlinePolicies: {
        Shift: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'],
              // Lambda authorizes some calls on the function and others on the alias.
              resources: doors.flatMap(({ functionArn, liveArn }) => [functionArn, liveArn]),
            }),
            new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }),
          ],
        }),
      },
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'CodeDeploy polls alarms in lists. The action tells their states and changes nothing.',
    });
    return role;
  }
}
