import {
  claimKey,
  deliveryPartition,
  inputKey,
  paceKey,
  requestCountKey,
  runPartition,
  tenantKey,
  tokenKey,
  authorizationKey,
  userPartition,
  allWaitingKey,
} from '../../functions/aws/keys';
import { lambda, resource, resources, synthesize } from './synthesize';
import { functionNames, type FunctionName } from '../../functions/contract/functions';
import type { Partition } from '../../functions/contract/partitions';
import { partitionOf, permittedReads, permittedWrites } from '../support/permitted-writes';

/** A key of each kind of partition. */
const keys: Readonly<Record<Partition, string>> = {
  tenant: tenantKey('acme').pk,
  runs: runPartition('acme'),
  inputs: inputKey('acme', 1).pk,
  deliveries: deliveryPartition('acme'),
  pace: paceKey('acme', 'hooks.acme.example').pk,
  requests: requestCountKey('acme', '0', 'tenant').pk,
  waiting: allWaitingKey.pk,
  claims: claimKey('acme', '0123abcd').pk,
  tokens: tokenKey('0123abcd').pk,
  users: userPartition('ada@acme.example'),
  authorizations: authorizationKey('0123abcd').pk,
};

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: {
    readonly [Operator in 'ForAllValues:StringNotLike' | 'ForAllValues:StringLike']?: {
      readonly 'dynamodb:LeadingKeys': string[];
    };
  } & { readonly Null?: object };
}

// Permissions do not depend on the stage.
const { template } = synthesize();
const table = resource(template, 'AWS::DynamoDB::GlobalTable').logicalId;
const machines = { express: machineRef(/Express/), standard: machineRef(/Standard/) };

const tableArn = { 'Fn::GetAtt': [table, 'Arn'] };
const indexArn = (name: string) => ({ 'Fn::Join': ['', [tableArn, `/index/${name}`]] });

test('exactly these functions read every partition, and the others only what they are permitted', () => {
  const reads = ['BatchGetItem', 'GetItem', 'Query'];
  const everywhere = grants(tableArn, Object.values(keys));

  expect(everywhere).toEqual({
    'rest-api': reads,
    'mcp-server': reads,
    'run-segment': reads,
    'recover-runs': ['GetItem', 'Query'],
    'reconcile-runs': reads,
  });
  for (const [name, permitted] of Object.entries(permittedReads)) {
    const granted = Object.entries(keys).flatMap(([partition, pk]) => {
      const read = (grants(tableArn, [pk])[name] ?? []).filter((action) => reads.includes(action));
      return read.length === 0 ? [] : [[partition, read] as const];
    });
    expect([name, Object.fromEntries(granted)]).toEqual([name, permitted]);
  }
});

test('each function may write exactly what this project has a reason for, by kind of partition', () => {
  const written = functionNames.map((name) => {
    const partitions = Object.entries(keys).flatMap(([partition, pk]) => {
      const writes = (grants(tableArn, [pk])[name] ?? []).filter((action) => /^(Put|Update|Delete)Item$/.test(action));
      return writes.length === 0 ? [] : [[partition, writes] as const];
    });
    return [name, Object.fromEntries(partitions)];
  });
  const reviewed = Object.entries(permittedWrites).map(([name, writes]) => [
    name,
    Object.fromEntries(
      Object.entries(writes).map(([partition, [_why, ...actions]]) => [partition, [...actions].sort()]),
    ),
  ]);

  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(reviewed));
});

test('deliver-webhook, which calls foreign servers, may write no token, user, claim, run or input', () => {
  for (const partition of ['tokens', 'users', 'claims', 'runs', 'inputs'] as const)
    expect(grants(tableArn, [keys[partition]])['deliver-webhook']).toBeUndefined();
});

test('no function may delete a run or its input', () => {
  for (const pk of [keys.runs, keys.inputs])
    for (const actions of Object.values(grants(tableArn, [pk]))) expect(actions).not.toContain('DeleteItem');
});

test('a write without a partition key is permitted to nobody', () => {
  const writes = allStatements().filter(({ statement }) =>
    actionsOf(statement).some((action) => /^dynamodb:(Put|Update|Delete)Item$/.test(action)),
  );

  expect(writes).not.toEqual([]);
  for (const { statement } of writes) expect(statement.Condition?.Null).toEqual({ 'dynamodb:LeadingKeys': 'false' });
});

test.each(Object.entries(keys))('a key of %s is of the kind that the reviewed table calls so', (partition, pk) => {
  expect(partitionOf(pk)).toBe(partition);
});

test('rest-api, mcp-server and reconcile-runs query the index by parent, recover-runs the index of open items, and no other index is read', () => {
  expect(grants(indexArn('by_parent'))).toEqual({
    'rest-api': ['Query'],
    'mcp-server': ['Query'],
    'reconcile-runs': ['Query'],
  });
  expect(grants(indexArn('open'))).toEqual({ 'recover-runs': ['Query'] });
});

test('no function may scan, write in batches, or change the table itself', () => {
  const used = new Set(allStatements().flatMap(({ statement }) => actionsOf(statement)));

  for (const action of used) expect(action).not.toMatch(/\*|Scan|BatchWrite|PartiQL|Table|Transact/);
});

// These actions support no resource-level permissions:
// docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html,
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

test('policies name every resource, except for tracing, log delivery and executions of the Standard machine', () => {
  const wild = allStatements().filter(({ statement }) => JSON.stringify(statement.Resource).includes('*'));

  const everything = wild.filter(({ statement }) => statement.Resource === '*');
  expect([...new Set(everything.flatMap(({ statement }) => actionsOf(statement)))].sort()).toEqual(withoutResource);
  const others = wild.filter((one) => !everything.includes(one));
  expect(others.map(({ statement }) => statement.Action)).toEqual(['states:StopExecution']);
  expect(JSON.stringify(others[0]!.statement.Resource)).toMatch(
    new RegExp(`:execution:.*${machines.standard.Ref}.*:\\*`),
  );
});

test('rest-api, mcp-server and recover-runs may start executions, Express those of itself, and only rest-api may stop Standard ones', () => {
  expect(allowed('states:StartExecution')).toEqual([
    [expect.stringMatching(/^RunsExpressRole/), machines.express],
    ['rest-api', [machines.express, machines.standard]],
    ['mcp-server', [machines.express, machines.standard]],
    ['recover-runs', [machines.express, machines.standard]],
  ]);
  expect(allowed('states:StopExecution')).toEqual([['rest-api', expect.anything()]]);
});

test('the state machines may invoke run-segment only', () => {
  const runSegment = { 'Fn::GetAtt': [lambda(template, 'run-segment').logicalId, 'Arn'] };

  expect(allowed('lambda:InvokeFunction').map(([, on]) => on)).toEqual([runSegment, runSegment]);
});

test('the functions that answer agents, connect apps or compare may queue no deliveries, and one may receive them', () => {
  const mayNot = ['mcp-server', 'authorization-server', 'reconcile-runs'];
  expect(
    allowed('sqs:SendMessage')
      .map(([role]) => role)
      .sort(),
  ).toEqual(functionNames.filter((name) => !mayNot.includes(name)).sort());
  expect(allowed('sqs:ReceiveMessage').map(([role]) => role)).toEqual(['deliver-webhook']);
});

test('no role has an AWS managed policy', () => {
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

/** The name of the function that has this role, or the role itself. */
function ownerOf(role: string): string {
  const owns = (name: FunctionName) => lambda(template, name).Properties.Role['Fn::GetAtt'][0] === role;
  return functionNames.find(owns) ?? role;
}

/** Actions by function on `arn`, from statements that exclude none of these partitions. */
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
