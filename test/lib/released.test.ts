import { everyOption } from './options';
import released from './released.json';
import { losses, statefulResources, type Stateful } from './stateful';
import { resources, synthesize } from './synthesize';

const { template } = synthesize({ ...everyOption, stage: 'production' });
const next = statefulResources(template);

/**
 * Three log groups get a name that contains part of the stack's id, because production keeps them when the stack is deleted
 * and a second stack could not have the same ones. The old groups stay too, until their lines expire.
 */
const renamedLogs = ['FrontDoorAccessLogs5339A6AD', 'RunsExpressLogsE7839290', 'RunsStandardLogs0B4C1414'];

test('this release removes or replaces no stateful resource of the last release', () => {
  const renamed = renamedLogs.map((id) => `${id} (AWS::Logs::LogGroup) would be replaced: LogGroupName`);

  expect(losses(released, next)).toEqual(renamed);
});

test('the record of the last release is not empty', () => {
  expect(Object.values<Stateful[string]>(released).map((one) => one['Type'])).toEqual(
    expect.arrayContaining([
      'AWS::DynamoDB::GlobalTable',
      'AWS::SQS::Queue',
      'AWS::Cognito::UserPool',
      'AWS::KMS::Key',
    ]),
  );
});

test('production retains resources with data or an address if the stack is deleted', () => {
  for (const type of ['DynamoDB::GlobalTable', 'Cognito::UserPool', 'S3::Bucket', 'KMS::Key', 'EC2::EIP']) {
    const found = Object.values(resources(template, `AWS::${type}`));
    expect(found.length).toBeGreaterThan(0);
    for (const one of found)
      expect(one).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  }
});

describe('a change is reported if it would', () => {
  const table = 'DataTableFDBAD0F2';
  const { [table]: tableNow, ...others } = next;

  test.each<[string, Stateful, string]>([
    ['move the table to another logical id', { ...others, Other: tableNow! }, 'would be removed'],
    ['change its keys', { ...next, [table]: { ...tableNow, KeySchema: [] } }, 'would be replaced: KeySchema'],
    ['name it', { ...next, [table]: { ...tableNow, TableName: 'x' } }, 'would be replaced: TableName'],
    ['make it something else', { ...next, [table]: { ...tableNow, Type: 'x' } }, 'would be replaced: Type'],
  ])('%s', (_what, changed, words) => {
    expect(losses(next, changed)).toEqual([`${table} (AWS::DynamoDB::GlobalTable) ${words}`]);
  });

  test('and not if it adds a resource', () => {
    expect(losses(others, next)).toEqual([]);
  });
});
