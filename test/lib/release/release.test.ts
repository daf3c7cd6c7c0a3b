import type { Template } from 'aws-cdk-lib/assertions';
import type { DoorName } from '../../../lib/release/door';
import { read } from '../../docs/markdown';
import { builtDashboard } from '../dashboard/built-dashboard';
import { aliasOf, lambda, resource, resources, synthesize } from '../synthesize';

const { template: production } = synthesize({ stage: 'production' }, builtDashboard());
const { template: dev } = synthesize();
const doors: readonly DoorName[] = ['rest-api', 'mcp-server', 'authorization-server'];

function groupOf(template: Template, door: DoorName): any {
  const { UpdatePolicy: policy } = template.toJSON()['Resources'][aliasOf(template, door).logicalId];
  const { ApplicationName, DeploymentGroupName } = policy.CodeDeployLambdaAliasUpdate;
  const group = resources(template, 'AWS::CodeDeploy::DeploymentGroup')[DeploymentGroupName.Ref]!.Properties;
  expect(group).toMatchObject({ ApplicationName, DeploymentGroupName: door });
  return group;
}

/** The version to which the alias leads. */
function versionOf(template: Template, door: DoorName) {
  const [id] = aliasOf(template, door).Properties.FunctionVersion['Fn::GetAtt'];
  return { id, ...resources(template, 'AWS::Lambda::Version')[id]! };
}

/** Logical ids that CloudFormation has to finish before a resource, by references and by DependsOn. */
function needs(template: Template, id: string, seen = new Set<string>()): Set<string> {
  const text = JSON.stringify(template.toJSON()['Resources'][id]);
  const named = [...text.matchAll(/"Ref":"(\w+)"|"Fn::GetAtt":\["(\w+)"/g)].map(
    ([, ref, attribute]) => ref ?? attribute!,
  );
  const { DependsOn = [] } = template.toJSON()['Resources'][id] as { DependsOn?: string[] };
  for (const next of [...named, ...DependsOn].filter((one) => one in template.toJSON()['Resources'] && !seen.has(one)))
    needs(template, next, seen.add(next));
  return seen;
}

describe.each(doors)('a release of %s', (door) => {
  test('is a canary of a tenth of the requests for five minutes in production, and at once elsewhere', () => {
    expect(groupOf(production, door).DeploymentConfigName).toBe('CodeDeployDefault.LambdaCanary10Percent5Minutes');
    expect(groupOf(dev, door).DeploymentConfigName).toBe('CodeDeployDefault.LambdaAllAtOnce');
  });

  test('goes back by itself if it fails, if somebody stops it, and if an alarm goes off or cannot be read', () => {
    const { AutoRollbackConfiguration: rollback, AlarmConfiguration: alarms } = groupOf(production, door);

    expect(rollback).toEqual({
      Enabled: true,
      Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM'],
    });
    expect(alarms).toMatchObject({ Enabled: true });
    expect(alarms.IgnorePollAlarmFailure ?? false).toBe(false);
    expect(alarms.Alarms.map(({ Name }: any) => Name.Ref.replace(/^ObservabilityAlarms|[0-9A-F]{8}$/g, ''))).toEqual([
      'RequestsFail',
      'NewVersionFails',
    ]);
  });

  test('begins when its alarms watch the new version', () => {
    const needed = needs(production, aliasOf(production, door).logicalId);

    for (const { Name } of groupOf(production, door).AlarmConfiguration.Alarms) expect(needed).toContain(Name.Ref);
    expect(needed).toContain(versionOf(production, door).id);
  });

  test('publishes another version when the code or a variable changes, and production keeps the one before', () => {
    const { template: changed } = synthesize({ stage: 'production', originSecret: 2 });

    expect(versionOf(changed, door).id).not.toBe(versionOf(production, door).id);
    expect(versionOf(production, door).DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(versionOf(dev, door).DeletionPolicy ?? 'Delete').toBe('Delete');
  });

  test('is all that callers reach: API Gateway may invoke the alias only, and turns to it only once it may', () => {
    const alias = { Ref: aliasOf(production, door).logicalId };
    const permissions = Object.entries(resources(production, 'AWS::Lambda::Permission'));
    const admitted = permissions.filter(([, { Properties }]) => Properties.FunctionName.Ref === alias.Ref);
    const own = lambda(production, door).logicalId;

    expect(admitted.length).toBeGreaterThan(0);
    expect(
      permissions.filter(([, { Properties }]) => JSON.stringify(Properties.FunctionName).includes(`"${own}"`)),
    ).toEqual([]);
    const integrations = Object.entries(resources(production, 'AWS::ApiGatewayV2::Integration')).filter(
      ([, { Properties }]) => Properties.IntegrationUri.Ref === alias.Ref,
    );
    expect(integrations).toHaveLength(1);
    for (const [permission] of admitted) expect(needs(production, integrations[0]![0])).toContain(permission);
  });

  test('is followed by the pages of the dashboard, which stay what they were if the API goes back', () => {
    const pages = resource(production, 'Custom::CDKBucketDeployment', /^DashboardFilesDocuments/);

    expect(needs(production, pages.logicalId)).toContain(aliasOf(production, door).logicalId);
  });
});

test('-c release=at-once shifts production at once and looks at no alarm, so that a fix can be released under one', () => {
  const { template: atOnce } = synthesize({ stage: 'production', release: 'at-once' });

  for (const door of doors) {
    expect(groupOf(atOnce, door).DeploymentConfigName).toBe('CodeDeployDefault.LambdaAllAtOnce');
    expect(groupOf(atOnce, door).AlarmConfiguration.Enabled).toBe(false);
    // Otherwise it would be another version, and a roll-back would shift what need not be shifted.
    expect(versionOf(atOnce, door).id).toBe(versionOf(synthesize({ stage: 'production' }).template, door).id);
  }
});

test('-c release=canary tries the canary on another stage', () => {
  const { template: canary } = synthesize({ release: 'canary' });

  expect(groupOf(canary, 'rest-api').DeploymentConfigName).toBe('CodeDeployDefault.LambdaCanary10Percent5Minutes');
});

test('the alarms can go off within the canary, although metrics arrive two minutes late, and not by one bad minute', () => {
  for (const { Name } of groupOf(production, 'rest-api').AlarmConfiguration.Alarms) {
    const { Properties: alarm } = resources(production, 'AWS::CloudWatch::Alarm')[Name.Ref]!;
    const periods = alarm.Metrics.flatMap(({ MetricStat: stat }: any) => stat?.Period ?? []);

    expect(new Set(periods)).toEqual(new Set([60]));
    expect(alarm.DatapointsToAlarm).toBeGreaterThan(1);
    expect(alarm.DatapointsToAlarm * 60 + 120).toBeLessThan(300);
    expect(alarm.TreatMissingData).toBe('notBreaching');
  }
});

test('the application has the name of the stack, from which operators find its deployments', () => {
  expect(resource(production, 'AWS::CodeDeploy::Application').Properties).toMatchObject({
    ApplicationName: 'CoffieldWorkflows-production',
    ComputePlatform: 'Lambda',
  });
});

test('the commands that stop a release name every door', () => {
  const [, names] = /^for GROUP in (.+); do$/m.exec(read('docs/deploy.md'))!;

  expect(names!.split(' ')).toEqual(doors);
  expect(Object.keys(resources(production, 'AWS::CodeDeploy::DeploymentGroup'))).toHaveLength(doors.length);
});

test('runs, webhooks and schedules reach functions and never an alias or a version', () => {
  const versions = Object.keys({
    ...resources(production, 'AWS::Lambda::Version'),
    ...resources(production, 'AWS::Lambda::Alias'),
  });
  const invoking = ['StepFunctions::StateMachine', 'Lambda::EventSourceMapping', 'Events::Rule'].flatMap((type) =>
    Object.values(resources(production, `AWS::${type}`)),
  );

  expect(versions).toHaveLength(6);
  expect(invoking.length).toBeGreaterThan(4);
  for (const version of versions) expect(JSON.stringify(invoking)).not.toContain(version);
  const { DefinitionString: definition } = resource(
    production,
    'AWS::StepFunctions::StateMachine',
    /Standard/,
  ).Properties;
  expect(JSON.stringify(definition)).toContain(lambda(production, 'run-segment').logicalId);
});
