import { resource, resources, synthesize } from '../synthesize';

const { template } = synthesize({ stage: 'production', alarmEmail: 'ops@example.com' });
const alarms = Object.entries(resources(template, 'AWS::CloudWatch::Alarm'));
const policies = Object.values(resources(template, 'AWS::SNS::TopicPolicy'));

test.each(alarms)(
  'every action of the alarm %s reaches a topic that admits CloudWatch',
  (_id, { Properties: alarm }) => {
    const { AlarmActions = [], OKActions = [], InsufficientDataActions = [] } = alarm;
    const topics = [...AlarmActions, ...OKActions, ...InsufficientDataActions];

    expect(topics.length).toBeGreaterThanOrEqual(2);
    for (const topic of topics) expect(admitted(topic.Ref)).toEqual(['cloudwatch.amazonaws.com']);
  },
);

test('nobody else may publish to it, no other account through CloudWatch, and nobody without TLS', () => {
  const { Statement } = resource(template, 'AWS::SNS::TopicPolicy').Properties.PolicyDocument;

  expect(Statement).toEqual([
    expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    expect.objectContaining({
      Effect: 'Allow',
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    }),
  ]);
});

/** The services that may publish to the topic. Without a policy a topic admits its own account, and so CloudWatch. */
function admitted(topicId: string): string[] {
  const statements = policies
    .filter(({ Properties: { Topics } }) => Topics.some((topic: { Ref: string }) => topic.Ref === topicId))
    .flatMap(({ Properties: { PolicyDocument } }) => PolicyDocument.Statement);
  return statements.flatMap(({ Effect, Action, Principal, Resource }) =>
    Effect === 'Allow' && Action === 'sns:Publish' && Resource.Ref === topicId ? [Principal.Service] : [],
  );
}
