import { builtDashboard } from './dashboard/built-dashboard';
import { everyOption } from './options';
import { statementsOf } from './statements';
import { synthesize } from './synthesize';

// Synthesized with every option and the dashboard's files: any other deployment has a subset of these statements.
const statements = statementsOf(synthesize({ ...everyOption }, builtDashboard()).template);

test('the permissions are those that were reviewed', () => {
  const reviewed: Record<string, string[]> = {};
  for (const { who, sentence } of statements) (reviewed[who] ??= []).push(sentence);

  expect(reviewed).toMatchSnapshot();
});

/** Every wildcard in the policies, and why it cannot be narrower. cdk-nag requires the same reason beside the code. */
const argued: Record<string, string> = {
  'xray on *': 'traces have no ARN',
  'logs on *': 'log deliveries have no ARN',
  'cloudwatch on *': 'CodeDeploy polls the states of alarms in lists',
  'ec2 on *': 'Lambda asks for network interfaces in this form; the deny beside it takes them from the code again',
  'kms on *': 'a key policy applies to its own key only',
  'kms:*': 'without permissions for its account a key could never be managed',
  'states on arn:AWS::Partition:states:AWS::Region:AWS::AccountId:execution:RunsStandard8763DB43.Name:*':
    'executions of the one Standard machine, which are named after future runs',
  's3 on arn:AWS::Partition:s3:::cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}/*':
    'the CDK copies the files that this deployment uploaded',
  's3 on DashboardFilesFF9B60FA.Arn/*': 'every file of the dashboard',
  's3:Abort*': "the CDK's actions for copying into that bucket and emptying it",
  's3:DeleteObject*': 'the same',
  's3:GetBucket*': 'the same',
  's3:GetObject*': 'the same',
  's3:List*': 'the same',
};

test('every wildcard has a reason in this test, and every reason a wildcard', () => {
  const wild = statements
    .filter(({ sentence }) => !sentence.startsWith('may not '))
    .flatMap(({ actions, on }) => {
      const resources = on.filter((one) => one.includes('*'));
      const services = actions.map((action) => action.split(':')[0]);
      return [
        ...actions.filter((action) => action.includes('*')),
        ...resources.flatMap((resource) => services.map((service) => `${service} on ${resource}`)),
      ];
    });

  expect([...new Set(wild)].sort()).toEqual(Object.keys(argued).sort());
});
