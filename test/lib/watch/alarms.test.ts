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

test('a new stage wakes nobody before recovery has run, and afterwards its silence does', () => {
  const [, { Properties: alarm }] = alarms.find(([id]) => /RecoverySilent/.test(id))!;

  // docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html: these actions are for the change to the
  // state INSUFFICIENT_DATA from any other state, and a new alarm begins in that state.
  expect(alarm).toMatchObject({ TreatMissingData: 'missing', Period: 60, EvaluationPeriods: 10 });
  expect(alarm.InsufficientDataActions).toEqual(alarm.AlarmActions);
  for (const [id, other] of alarms.filter(([one]) => !/RecoverySilent/.test(one)))
    expect([id, other.Properties.InsufficientDataActions]).toEqual([id, undefined]);
});

test('a hot index is seen, which DynamoDB counts under the index alone', () => {
  const [, { Properties: alarm }] = alarms.find(([id]) => /TableThrottled/.test(id))!;
  const watched = alarm.Metrics.flatMap(({ MetricStat }: any) => (MetricStat ? [MetricStat.Metric] : []));
  const indexes = watched.map(({ MetricName, Dimensions }: any) => [
    MetricName,
    Dimensions.find(({ Name }: any) => Name === 'GlobalSecondaryIndexName')?.Value ?? 'table',
  ]);

  expect(indexes).toEqual([
    ['ReadThrottleEvents', 'table'],
    ['ReadThrottleEvents', 'open'],
    ['ReadThrottleEvents', 'by_parent'],
    ['WriteThrottleEvents', 'table'],
    ['WriteThrottleEvents', 'open'],
    ['WriteThrottleEvents', 'by_parent'],
  ]);
});

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
