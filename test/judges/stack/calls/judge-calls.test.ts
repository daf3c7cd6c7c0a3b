import { needsOf } from './needs';
import { judgeCalls } from './judge-calls';
import type { Statement } from './grants';

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/data';
const tenant = ['T#*', 'T#*#*'] as const;

function reads(like: string, notLike?: string): Statement {
  return {
    Effect: 'Allow',
    Action: ['dynamodb:GetItem', 'dynamodb:BatchGetItem'],
    Resource: table,
    Condition: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [like] },
      ...(notLike !== undefined && { 'ForAllValues:StringNotLike': { 'dynamodb:LeadingKeys': [notLike] } }),
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  };
}

const needs = (operation: string, body: object) =>
  needsOf(
    {
      target: `DynamoDB_20120810.${operation}`,
      body: JSON.stringify(body),
    },
    (service) => `arn:aws:${service}:us-east-1:000000000000:`,
  ).map((need) => ({ ...need, function: 'deliver' }));

const get = (pk: string) => needs('GetItem', { TableName: 'data', Key: { pk: { S: pk } } });
const batch = (...pks: string[]) =>
  needs('BatchGetItem', { RequestItems: { data: { Keys: pks.map((pk) => ({ pk: { S: pk } })) } } });

const judge = (statements: readonly Statement[], called: ReturnType<typeof needs>, argued: any[] = []) =>
  judgeCalls({ deliver: statements }, called, argued);

test('a batch of keys that only two statements together cover has no grant', () => {
  const statements = [reads(...tenant), reads('T#*#DLV')];

  expect(judge(statements, batch('T#acme', 'T#acme#DLV')).withoutGrant).toEqual([
    'deliver: dynamodb:BatchGetItem on T#acme, T#acme#DLV',
  ]);
  expect(judge(statements, [...batch('T#acme', 'T#beta'), ...get('T#acme#DLV')]).withoutGrant).toEqual([]);
});

test('a call on another table, key or action has no grant', () => {
  const elsewhere = needs('GetItem', { TableName: 'other', Key: { pk: { S: 'T#acme' } } });
  const write = needs('PutItem', { TableName: 'data', Item: { pk: { S: 'T#acme' } } });

  for (const called of [elsewhere, write, get('T#acme#RUN')])
    expect(judge([reads(...tenant)], called).withoutGrant).toHaveLength(1);
});

test('a grant without a call fails unless it is argued, and an argument that is not needed fails too', () => {
  const unused = 'deliver: dynamodb:BatchGetItem on T#* not T#*#*';
  const argument = { action: 'dynamodb:BatchGetItem', why: 'for this test' };

  expect(judge([reads(...tenant)], get('T#acme'))).toMatchObject({ judged: 1, withoutCall: [unused] });
  expect(judge([reads(...tenant)], get('T#acme'), [argument])).toMatchObject({ withoutCall: [], needless: [] });
  expect(judge([reads(...tenant)], [...get('T#acme'), ...batch('T#acme')], [argument]).needless).toHaveLength(1);
});

test('a batch of messages needs the action on one, and a transaction the action of each part', () => {
  const send = needsOf(
    {
      target: 'AmazonSQS.SendMessageBatch',
      body: '{"QueueUrl":"http://x/1/queue"}',
    },
    (service) => `arn:aws:${service}:r:1:`,
  );
  const parts = needs('TransactWriteItems', {
    TransactItems: [
      { Put: { TableName: 'data', Item: { pk: { S: 'a' } } } },
      { ConditionCheck: { TableName: 'data', Key: { pk: { S: 'b' } } } },
    ],
  });

  expect(send).toMatchObject([{ action: 'sqs:SendMessage', resource: 'arn:aws:sqs:r:1:queue' }]);
  expect(parts.map(({ action }) => action)).toEqual(['dynamodb:PutItem', 'dynamodb:ConditionCheckItem']);
});
