import { builtDashboard } from './dashboard/built-dashboard';
import { everyOption } from './options';
import { statementsOf } from './statements';
import { synthesize } from './synthesize';

// With every option and the dashboard's files: any other deployment has a part of these.
const statements = statementsOf(synthesize({ ...everyOption }, builtDashboard()).template);

test('who may do what is what was reviewed', () => {
  const reviewed: Record<string, string[]> = {};
  for (const { who, sentence } of statements) (reviewed[who] ??= []).push(sentence);

  expect(reviewed).toMatchSnapshot();
});

/** Each wildcard there is, with why it cannot be narrower. cdk-nag asks for the same argument beside the code. */
const argued: Record<string, string> = {
  'xray on *': 'traces have no ARN',
  'logs on *': 'log deliveries have no ARN',
  'ec2 on *': 'Lambda asks for network interfaces in this form; the deny beside it takes them from the code again',
  'kms on *': 'a key policy speaks of its own key',
  'kms:*': 'without its account nobody could ever manage a key',
  'states on arn:AWS::Partition:states:AWS::Region:AWS::AccountId:execution:RunsStandard8763DB43.Name:*':
    'executions of the one Standard machine, named by runs to come',
  's3 on arn:AWS::Partition:s3:::cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}/*':
    'the CDK copies what this deployment uploaded',
  's3 on DashboardFilesFF9B60FA.Arn/*': 'every file of the dashboard',
  's3:Abort*': "the CDK's words for copying into that bucket and emptying it",
  's3:DeleteObject*': 'the same',
  's3:GetBucket*': 'the same',
  's3:GetObject*': 'the same',
  's3:List*': 'the same',
};

test('no wildcard is there that nobody argued for, and no argument without its wildcard', () => {
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
