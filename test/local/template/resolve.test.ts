import * as z from 'zod/mini';
import { resolveStack } from '../../../local/template/stack';
import type { Template } from '../../../local/template/template';

const place = {
  region: 'us-east-1',
  accountId: '000000000000',
  stackName: 'CoffieldWorkflows-dev',
  apiOrigin: 'http://127.0.0.1:3000',
  issuerOrigin: 'http://127.0.0.1:5000',
  queueOrigin: 'http://127.0.0.1:4000',
};

function aTemplate(
  resources: Record<string, { Type: string; Properties?: Record<string, unknown>; Condition?: string }>,
): Template {
  return {
    Parameters: { Colour: { Default: 'blue' }, Nothing: {} },
    Resources: Object.fromEntries(
      Object.entries(resources).map(([id, resource]) => [id, { Properties: {}, Metadata: {}, ...resource }]),
    ),
  };
}

/** Resolves the value as a property of a function, in a stack with a table, a queue and a state machine. */
function resolved(value: unknown): unknown {
  const stack = resolveStack(
    aTemplate({
      Subject: { Type: 'AWS::Lambda::Function', Properties: { value } },
      Table: { Type: 'AWS::DynamoDB::GlobalTable' },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Sub': '${AWS::StackName}-deliveries' } } },
      Machine: { Type: 'AWS::StepFunctions::StateMachine' },
      Api: { Type: 'AWS::ApiGatewayV2::Api' },
      Role: { Type: 'AWS::IAM::Role' },
    }),
    place,
  );
  return stack.resources('AWS::Lambda::Function')[0]!.read(z.object({ value: z.unknown() })).value;
}

describe('CloudFormation values', () => {
  it.each<[string, unknown, unknown]>([
    ['a table by its logical id', { Ref: 'Table' }, 'Table'],
    ['a queue by its URL', { Ref: 'Queue' }, 'http://127.0.0.1:4000/000000000000/CoffieldWorkflows-dev-deliveries'],
    ['a machine by its ARN', { Ref: 'Machine' }, 'arn:aws:states:us-east-1:000000000000:stateMachine:Machine'],
    ['a parameter by its default', { Ref: 'Colour' }, 'blue'],
    ['the Region', { Ref: 'AWS::Region' }, 'us-east-1'],
    ['nothing at all', { keep: 1, drop: { Ref: 'AWS::NoValue' } }, { keep: 1 }],
    ['an attribute', { 'Fn::GetAtt': ['Queue', 'QueueName'] }, 'CoffieldWorkflows-dev-deliveries'],
    [
      'an attribute in one text',
      { 'Fn::GetAtt': 'Subject.Arn' },
      'arn:aws:lambda:us-east-1:000000000000:function:Subject',
    ],
    [
      'a part of a text',
      { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] },
      expect.stringMatching(/^[0-9a-f-]{36}$/),
    ],
    ['a join', { 'Fn::Join': ['-', ['a', { Ref: 'Table' }, 7]] }, 'a-Table-7'],
    [
      'a substitution with all it can hold',
      { 'Fn::Sub': ['${Own} ${Table} ${Queue.Arn} ${!Kept}', { Own: { Ref: 'Colour' } }] },
      'blue Table arn:aws:sqs:us-east-1:000000000000:CoffieldWorkflows-dev-deliveries ${Kept}',
    ],
    ['values deep inside', { list: [{ deep: { Ref: 'AWS::Partition' } }] }, { list: [{ deep: 'aws' }] }],
  ])('are resolved: %s', (_what, value, expected) => {
    expect(resolved(value)).toEqual(expected);
  });

  it.each<[string, unknown, RegExp]>([
    [
      'a reference to a parameter store',
      '{{resolve:ssm:Name}}',
      /the reference ssm:Name, which the local run does not support/,
    ],
    [
      'a reference that a join makes',
      { 'Fn::Join': ['', ['{{resolve:', 'secretsmanager:x:SecretString:key::', '}}']] },
      /secretsmanager:x:SecretString:key::, which the local run does not support/,
    ],
    ['an unknown function', { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }, /Fn::Cidr.*does not support/],
    ['a choice of nothing', { 'Fn::Select': [1, ['a']] }, /Fn::Select finds nothing at 1/],
    ['a condition', { Condition: 'IsProduction' }, /Condition.*does not support/],
    ['an unknown attribute', { 'Fn::GetAtt': ['Table', 'StreamArn'] }, /StreamArn of Table.*identities\.ts/],
    [
      'what is not in the template',
      { Ref: 'Elsewhere' },
      /Elsewhere.*neither one of its resources nor one of its parameters/,
    ],
    ['what exists only in AWS', { 'Fn::GetAtt': ['Role', 'Arn'] }, /Role of the type AWS::IAM::Role.*does not emulate/],
    ['a parameter without a default', { Ref: 'Nothing' }, /default of parameter Nothing/],
  ])('are refused with an error that names %s', (_what, value, message) => {
    expect(() => resolved(value)).toThrow(message);
  });

  it('are not resolved if they are not used', () => {
    const template = aTemplate({
      Queue: { Type: 'AWS::SQS::Queue', Properties: { Policy: { 'Fn::Unheard': [] }, Size: 1 } },
    });
    const [queue] = resolveStack(template, place).resources('AWS::SQS::Queue');

    expect(queue!.read(z.object({ Size: z.number() }))).toEqual({ Size: 1 });
  });

  it('of an unexpected type are reported with their resource', () => {
    const template = aTemplate({ Queue: { Type: 'AWS::SQS::Queue', Properties: { Size: 'big' } } });
    const [queue] = resolveStack(template, place).resources('AWS::SQS::Queue');

    expect(() => queue!.read(z.object({ Size: z.number() }))).toThrow(/Queue of the type AWS::SQS::Queue: [^]*Size/);
  });

  it('of ignored resources are not resolved', () => {
    const template = aTemplate({ Role: { Type: 'AWS::IAM::Role', Properties: { odd: { 'Fn::Unheard': [] } } } });

    expect(resolveStack(template, place).resources('AWS::IAM::Role')).toEqual([]);
  });
});

describe('the stack', () => {
  it('is refused if it has a resource type that is neither supported nor ignored', () => {
    const template = aTemplate({ Cache: { Type: 'AWS::ElastiCache::CacheCluster' } });

    expect(() => resolveStack(template, place)).toThrow(
      /Cache of the type AWS::ElastiCache::CacheCluster.*\n.*identities\.ts/,
    );
  });

  it('is refused if it creates a resource under a condition', () => {
    const template = aTemplate({ Queue: { Type: 'AWS::SQS::Queue', Condition: 'Maybe' } });

    expect(() => resolveStack(template, place)).toThrow(/Queue only under the condition Maybe/);
  });
});
