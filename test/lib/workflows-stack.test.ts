import type { Template } from 'aws-cdk-lib/assertions';
import { environmentSchemas } from '../../functions/contract/environment';
import { functionLimits, functionNames, type FunctionName } from '../../functions/contract/functions';
import { metricNamespace } from '../../functions/contract/metrics';
import { stackOutputs } from '../../functions/contract/stack';
import { tableShape } from '../../functions/contract/table';
import { aliasOf, lambda, resource, resources, synthesize } from './synthesize';

const dev = synthesize();
const production = synthesize({ stage: 'production' });
const stages: [string, Template][] = [
  ['dev', dev.template],
  ['production', production.template],
];

describe.each(stages)('on the %s stage', (stage, template) => {
  test('stateful resources keep their logical ids, because a new id would replace them', () => {
    expect(resource(template, 'AWS::DynamoDB::GlobalTable').logicalId).toBe('DataTableFDBAD0F2');
    expect(Object.keys(resources(template, 'AWS::SQS::Queue'))).toEqual([
      'DeliveriesDeadLetterQueueC4B61502',
      'DeliveriesQueue99C7B338',
    ]);
  });

  test('the table has the shape of the contract and point-in-time recovery', () => {
    const { Properties: table } = resource(template, 'AWS::DynamoDB::GlobalTable');

    const keysOf = (index: { partitionKey: string; sortKey: string }) => [
      { AttributeName: index.partitionKey, KeyType: 'HASH' },
      { AttributeName: index.sortKey, KeyType: 'RANGE' },
    ];
    expect(table.KeySchema).toEqual(keysOf(tableShape));
    expect(table.GlobalSecondaryIndexes).toEqual(
      [tableShape.openIndex, tableShape.parentIndex].map((index) => ({
        IndexName: index.name,
        KeySchema: keysOf(index),
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
    );
    expect(table.BillingMode).toBe('PAY_PER_REQUEST');
    expect(table.TimeToLiveSpecification).toEqual({ AttributeName: tableShape.ttl, Enabled: true });
    expect(table.Replicas[0].PointInTimeRecoverySpecification).toEqual({ PointInTimeRecoveryEnabled: true });
  });

  test.each(functionNames)('%s gets exactly the environment that its handler parses', (name) => {
    const { Variables: variables } = lambda(template, name).Properties.Environment;

    const values = Object.fromEntries(
      Object.entries(variables).map(([key, value]) => [key, typeof value === 'string' ? value : 'known when deployed']),
    );
    const { OWN_HOSTS: hosts, WAITING_PLACES: places, ORIGIN_SECRETS: secrets, ...texts } = values;
    expect(environmentSchemas[name].parse(values)).toEqual({
      ...texts,
      ...(places !== undefined && { WAITING_PLACES: Number(places) }),
      ...(hosts !== undefined && { OWN_HOSTS: hosts.split(',').filter((host) => host !== '') }),
      ...(secrets !== undefined && { ORIGIN_SECRETS: [secrets] }),
    });
  });

  test('the stage throttles at the rate that the settings name, and keeps its burst', () => {
    const slower = synthesize({ requestsPerSecond: '150' }).template;

    expect(resource(slower, 'AWS::ApiGatewayV2::Stage').Properties.DefaultRouteSettings).toMatchObject({
      ThrottlingRateLimit: 150,
      ThrottlingBurstLimit: 2000,
    });
  });

  test('the template has no setting that only the local run may use', () => {
    const text = JSON.stringify(template.toJSON());

    expect(text).not.toContain('LOCAL_INBOX_ORIGIN');
    expect(text).not.toContain('RETRY_SECONDS');
  });

  test.each(functionNames)('%s has the limits of the contract, tracing and its own log group', (name) => {
    const { Properties: properties } = lambda(template, name);

    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      Timeout: functionLimits[name].timeoutSeconds,
      MemorySize: functionLimits[name].memoryMb,
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: expect.any(String) } },
    });
  });

  test('every log group has a retention period', () => {
    const groups = Object.values(resources(template, 'AWS::Logs::LogGroup'));

    expect(groups.length).toBeGreaterThan(functionNames.length);
    for (const group of groups) expect(group.Properties.RetentionInDays).toEqual(expect.any(Number));
  });

  test('the visibility timeout of a delivery message is at least six times the timeout of the function', () => {
    const { Properties: queue } = resource(template, 'AWS::SQS::Queue', /Queue99/);

    expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * functionLimits['deliver-webhook'].timeoutSeconds);
  });

  test('a poison message fails alone and ends in the dead-letter queue, which has an alarm', () => {
    const deadLetters = resource(template, 'AWS::SQS::Queue', /DeadLetter/);

    expect(resource(template, 'AWS::SQS::Queue', /Queue99/).Properties.RedrivePolicy).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': [deadLetters.logicalId, 'Arn'] },
      maxReceiveCount: 5,
    });
    expect(resource(template, 'AWS::Lambda::EventSourceMapping').Properties).toMatchObject({
      FunctionName: { Ref: lambda(template, 'deliver-webhook').logicalId },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    expect(resource(template, 'AWS::CloudWatch::Alarm', /DeadLetter/).Properties).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': [deadLetters.logicalId, 'QueueName'] } }],
      Threshold: 1,
      TreatMissingData: 'notBreaching',
    });
  });

  test('a single change without its audit row raises an alarm at once, and no value means that there is none', () => {
    expect(resource(template, 'AWS::CloudWatch::Alarm', /AuditMissing/).Properties).toMatchObject({
      MetricName: 'AuditMissing',
      Threshold: 1,
      Period: 300,
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });
  });

  test('reconciliation runs every night, and a difference raises an alarm until a night without one', () => {
    const { logicalId } = lambda(template, 'reconcile-runs');

    expect(resource(template, 'AWS::Events::Rule', /EachNight/).Properties).toMatchObject({
      // In UTC, after the day that is compared.
      ScheduleExpression: 'cron(17 2 * * ? *)',
      Targets: [{ Arn: { 'Fn::GetAtt': [logicalId, 'Arn'] } }],
    });
    expect(resource(template, 'AWS::CloudWatch::Alarm', /Difference/).Properties).toMatchObject({
      Namespace: metricNamespace,
      MetricName: 'ReconcileDifferences',
      Dimensions: [{ Name: 'Stage', Value: stage }],
      Threshold: 1,
      TreatMissingData: 'ignore',
    });
  });

  test('the concurrency of deliveries is limited at the event source, so waiting messages are not received', () => {
    expect(resource(template, 'AWS::Lambda::EventSourceMapping').Properties.ScalingConfig).toEqual({
      MaximumConcurrency: 50,
    });
    expect(lambda(template, 'deliver-webhook').Properties.ReservedConcurrentExecutions).toBeUndefined();
  });

  test('both queues are encrypted and refuse plain HTTP', () => {
    const queues = resources(template, 'AWS::SQS::Queue');
    const policies = Object.values(resources(template, 'AWS::SQS::QueuePolicy'));

    for (const queue of Object.values(queues)) expect(queue.Properties.SqsManagedSseEnabled).toBe(true);
    expect(policies.flatMap(({ Properties }) => Properties.Queues.map(({ Ref }: { Ref: string }) => Ref))).toEqual(
      Object.keys(queues),
    );
    for (const { Properties } of policies) {
      expect(Properties.PolicyDocument.Statement).toContainEqual(
        expect.objectContaining({
          Effect: 'Deny',
          Action: 'sqs:*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      );
    }
  });

  test('recovery runs each minute, one pass at a time, and a failed invocation is not retried', () => {
    const { logicalId, Properties: properties } = lambda(template, 'recover-runs');

    expect(properties.ReservedConcurrentExecutions).toBe(1);
    expect(resource(template, 'AWS::Events::Rule', /EachMinute/).Properties).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
      Targets: [{ Arn: { 'Fn::GetAtt': [logicalId, 'Arn'] } }],
    });
    expect(resource(template, 'AWS::Lambda::EventInvokeConfig', /RecoverRuns/).Properties).toMatchObject({
      FunctionName: { Ref: logicalId },
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 120,
    });
  });

  test('a Standard execution that ends without success is reported to recovery', () => {
    expect(resource(template, 'AWS::Events::Rule', /RunInterrupted/).Properties).toMatchObject({
      EventPattern: {
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: {
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
          stateMachineArn: [{ Ref: resource(template, 'AWS::StepFunctions::StateMachine', /Standard/).logicalId }],
        },
      },
      Targets: [{ Arn: { 'Fn::GetAtt': [lambda(template, 'recover-runs').logicalId, 'Arn'] } }],
    });
  });

  test('/mcp is routed to mcp-server, what OAuth needs to authorization-server and all else to rest-api, with timeouts below that of API Gateway', () => {
    const integrations = resources(template, 'AWS::ApiGatewayV2::Integration');
    const reached = Object.values(resources(template, 'AWS::ApiGatewayV2::Route')).map(({ Properties: route }) => {
      const { Properties: integration } = integrations[route.Target['Fn::Join'][1][1].Ref]!;
      expect(integration.PayloadFormatVersion).toBe('2.0');
      return [route.RouteKey, integration.IntegrationUri];
    });

    const arn = (name: FunctionName) => ({ Ref: aliasOf(template, name).logicalId });
    expect(Object.fromEntries(reached)).toEqual({
      $default: arn('rest-api'),
      'ANY /mcp': arn('mcp-server'),
      'ANY /oauth/{proxy+}': arn('authorization-server'),
      'ANY /.well-known/{proxy+}': arn('authorization-server'),
    });
    for (const name of ['rest-api', 'mcp-server', 'authorization-server'] as const) {
      expect(functionLimits[name].timeoutSeconds).toBeLessThan(30);
    }
  });

  test('the API is throttled and logs every request', () => {
    expect(resource(template, 'AWS::ApiGatewayV2::Stage').Properties).toMatchObject({
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingBurstLimit: 2000, ThrottlingRateLimit: 1000 },
      AccessLogSettings: { Format: expect.stringContaining('$context.status') },
    });
  });

  test('the stack has exactly the outputs that the operator reads', () => {
    expect(Object.keys(template.findOutputs('*')).sort()).toEqual([...stackOutputs].sort());
  });
});

describe('production', () => {
  test('retains its table and logs and has deletion protection', () => {
    const table = resource(production.template, 'AWS::DynamoDB::GlobalTable');

    expect(production.stack.terminationProtection).toBe(true);
    expect(table.Properties.Replicas[0].DeletionProtectionEnabled).toBe(true);
    expect(table).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    for (const group of Object.values(resources(production.template, 'AWS::Logs::LogGroup'))) {
      expect(group).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', Properties: { RetentionInDays: 90 } });
    }
  });

  test('is the only stage that retains anything', () => {
    expect(dev.stack.terminationProtection).toBe(false);
    expect(resource(dev.template, 'AWS::DynamoDB::GlobalTable').Properties.Replicas[0].DeletionProtectionEnabled).toBe(
      false,
    );
    expect(JSON.stringify(dev.template.toJSON())).not.toContain('Retain');
  });

  test('logs no START and REPORT lines of Lambda, which would cost money', () => {
    for (const name of functionNames) {
      expect(lambda(production.template, name).Properties.LoggingConfig.SystemLogLevel).toBe('WARN');
      expect(lambda(dev.template, name).Properties.LoggingConfig.SystemLogLevel).toBe('INFO');
    }
  });
});

test('each stage is a stack with its own name', () => {
  expect([dev.stack.stackName, production.stack.stackName]).toEqual([
    'CoffieldWorkflows-dev',
    'CoffieldWorkflows-production',
  ]);
});

test('the settings of the context reach the functions', () => {
  const { template } = synthesize({
    stage: 'test',
    supportEmail: 'help@example.org',
    runEngine: 'standard',
    ownHosts: 'workflows.example.org,api.example.org',
  });

  for (const name of ['rest-api', 'mcp-server'] as const) {
    const { Variables: variables } = lambda(template, name).Properties.Environment;
    expect(variables).toMatchObject({ SUPPORT_EMAIL: 'help@example.org', RUN_ENGINE: 'standard' });
  }
  for (const name of ['rest-api', 'mcp-server', 'deliver-webhook'] as const) {
    const ownHosts = JSON.stringify(lambda(template, name).Properties.Environment.Variables.OWN_HOSTS);
    expect(ownHosts).toContain('.execute-api.');
    expect(ownHosts).toContain(',workflows.example.org,api.example.org');
  }
});
