import { claimKey, deliveryPartition, inputKey, runPartition, tenantKey } from '../../functions/aws/keys';
import { lambda, resource, resources, synthesize } from './synthesize';
import { functionNames, type FunctionName } from '../../functions/contract/functions';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: {
    readonly [Operator in 'ForAllValues:StringNotLike' | 'ForAllValues:StringLike']?: {
      readonly 'dynamodb:LeadingKeys': string[];
    };
  };
}

// Permissions do not depend on the stage.
const { template } = synthesize();
const table = resource(template, 'AWS::DynamoDB::GlobalTable').logicalId;
const machines = { express: machineRef(/Express/), standard: machineRef(/Standard/) };

const tableArn = { 'Fn::GetAtt': [table, 'Arn'] };
const indexArn = (name: string) => ({ 'Fn::Join': ['', [tableArn, `/index/${name}`]] });

test('these functions read and write runs and all else in the table, with these actions', () => {
  const reach = grants(tableArn, [runPartition('acme'), inputKey('acme', 1).pk]);

  expect(reach).toEqual({
    'rest-api': ['BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
    'mcp-server': ['BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
    'run-segment': ['BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'],
    'recover-runs': ['GetItem', 'PutItem', 'Query', 'UpdateItem'],
    'reconcile-runs': ['BatchGetItem', 'GetItem', 'Query'],
  });
});

test('nobody may delete a run or its input, and what calls foreign servers cannot reach one', () => {
  const reach = grants(tableArn, [tenantKey('acme').pk, deliveryPartition('acme'), claimKey('acme', '0123abcd').pk]);

  expect(reach['rest-api']).toContain('DeleteItem');
  expect(reach['deliver-webhook']).toEqual(['BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem']);
  expect(allowed('dynamodb:DeleteItem').map(([role]) => role)).toEqual(['rest-api', 'mcp-server']);
});

test('mcp-server may delete idempotency claims and nothing else', () => {
  const claims = grants(tableArn, [claimKey('acme', '0123abcd').pk]);
  const others = [tenantKey('acme').pk, deliveryPartition('acme'), runPartition('acme'), inputKey('acme', 1).pk];

  expect(claims['mcp-server']).toContain('DeleteItem');
  for (const other of others) expect(grants(tableArn, [other])['mcp-server']).not.toContain('DeleteItem');
});

test('both doors and reconcile-runs list by parent, recover-runs finds what is open, nobody reads another index', () => {
  expect(grants(indexArn('by_parent'))).toEqual({
    'rest-api': ['Query'],
    'mcp-server': ['Query'],
    'reconcile-runs': ['Query'],
  });
  expect(grants(indexArn('open'))).toEqual({ 'recover-runs': ['Query'] });
});

test('nobody may scan, overwrite in batches, or touch the table as a whole', () => {
  const used = new Set(allStatements().flatMap(({ statement }) => actionsOf(statement)));

  for (const action of used) expect(action).not.toMatch(/\*|Scan|BatchWrite|PartiQL|Table|Transact/);
});

// No resource can be named for these: docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html,
// docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
const withoutResource = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

test('every resource is named, but for tracing, for log delivery and for the executions of the one Standard machine', () => {
  const wild = allStatements().filter(({ statement }) => JSON.stringify(statement.Resource).includes('*'));

  const everything = wild.filter(({ statement }) => statement.Resource === '*');
  expect([...new Set(everything.flatMap(({ statement }) => actionsOf(statement)))].sort()).toEqual(withoutResource);
  const others = wild.filter((one) => !everything.includes(one));
  expect(others.map(({ statement }) => statement.Action)).toEqual(['states:StopExecution']);
  expect(JSON.stringify(others[0]!.statement.Resource)).toMatch(
    new RegExp(`:execution:.*${machines.standard.Ref}.*:\\*`),
  );
});

test('runs are started by both doors and recover-runs, and stopped by rest-api on Standard alone', () => {
  expect(allowed('states:StartExecution')).toEqual([
    ['rest-api', [machines.express, machines.standard]],
    ['mcp-server', [machines.express, machines.standard]],
    ['recover-runs', [machines.express, machines.standard]],
  ]);
  expect(allowed('states:StopExecution')).toEqual([['rest-api', expect.anything()]]);
});

test('the machines invoke run-segment and nothing else', () => {
  const runSegment = { 'Fn::GetAtt': [lambda(template, 'run-segment').logicalId, 'Arn'] };

  expect(allowed('lambda:InvokeFunction').map(([, on]) => on)).toEqual([runSegment, runSegment]);
});

test('deliveries are queued by all but mcp-server and reconcile-runs, and received by one', () => {
  expect(
    allowed('sqs:SendMessage')
      .map(([role]) => role)
      .sort(),
  ).toEqual(functionNames.filter((name) => name !== 'mcp-server' && name !== 'reconcile-runs').sort());
  expect(allowed('sqs:ReceiveMessage').map(([role]) => role)).toEqual(['deliver-webhook']);
});

test('no role carries a policy written by AWS', () => {
  for (const { Properties } of Object.values(resources(template, 'AWS::IAM::Role'))) {
    expect(Properties.ManagedPolicyArns).toBeUndefined();
  }
});

function allStatements(): { role: string; statement: Statement }[] {
  return Object.values(resources(template, 'AWS::IAM::Policy')).flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.map((statement: Statement) => ({
      role: ownerOf(Properties.Roles[0].Ref),
      statement,
    })),
  );
}

/** The function a role belongs to, or the role itself. */
function ownerOf(role: string): string {
  const owns = (name: FunctionName) => lambda(template, name).Properties.Role['Fn::GetAtt'][0] === role;
  return functionNames.find(owns) ?? role;
}

/** Actions by function on `arn`, of those statements that refuse none of the partitions. */
function grants(arn: unknown, partitions: string[] = []): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { role, statement } of allStatements()) {
    const on = [statement.Resource].flat().map((one) => JSON.stringify(one));
    if (!on.includes(JSON.stringify(arn)) || partitions.some((partition) => refuses(statement, partition))) continue;
    const actions = actionsOf(statement).map((action) => action.replace('dynamodb:', ''));
    found[role] = [...(found[role] ?? []), ...actions].sort();
  }
  return found;
}

function refuses({ Condition }: Statement, partition: string): boolean {
  const refused = Condition?.['ForAllValues:StringNotLike']?.['dynamodb:LeadingKeys'] ?? [];
  const accepted = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? ['*'];
  const isLike = (pattern: string) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(partition);
  return refused.some(isLike) || !accepted.some(isLike);
}

function allowed(action: string): [role: string, on: unknown][] {
  return allStatements()
    .filter(({ statement }) => actionsOf(statement).includes(action))
    .map(({ role, statement }) => [role, statement.Resource]);
}

function actionsOf({ Action }: Statement): string[] {
  return [Action].flat();
}

function machineRef(idPattern: RegExp): { Ref: string } {
  return { Ref: resource(template, 'AWS::StepFunctions::StateMachine', idPattern).logicalId };
}
