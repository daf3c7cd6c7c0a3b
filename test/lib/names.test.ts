import { everyOption } from './options';
import { synthesize } from './synthesize';

/**
 * Where two resources may not have the same name. CloudFront's reference says "unique within the account" of each of these,
 * and CloudWatch's that dashboards of all Regions are shown together:
 * docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_xaxr_dashboard.html
 */
const accountWide = /^AWS::(CloudFront|IAM|WAFv2|Route53)::|^AWS::(CloudWatch::Dashboard|S3::Bucket)$/;

/** Names by which an owner inside the template is named, such as the role of an inline policy, need not be unique. */
const inside = ['AWS::IAM::Policy', 'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Stage', 'AWS::Lambda::Alias'];

interface Place {
  readonly stage: string;
  readonly region: string;
  /** Differs whenever a stack is created, also under the name of an earlier one. */
  readonly stackId: string;
}

const here: Place = { stage: 'production', region: 'eu-west-1', stackId: '0f1e2d3c-a' };

function namesAt({ stage, region, stackId }: Place, options: object = everyOption) {
  const resources = Object.entries<any>(synthesize({ ...options, stage }, undefined, true).template.toJSON().Resources);
  const id = `arn:aws:cloudformation:${region}:111122223333:stack/CoffieldWorkflows-${stage}/${stackId}-4b5a-6978`;
  const values: Record<string, string> = {
    'AWS::Region': region,
    'AWS::StackId': id,
    'AWS::AccountId': '111122223333',
  };
  return resources.flatMap(([logicalId, { Type: type, Properties = {}, DeletionPolicy: deletion }]) =>
    inside.includes(type)
      ? []
      : givenNames(Properties).map((name) => ({
          type,
          logicalId,
          name: textOf(name, values),
          retained: deletion?.startsWith('Retain') === true,
        })),
  );
}

/** The values of the properties by which a resource names itself, at the top or in CloudFront's `…Config`. */
function givenNames(properties: Record<string, any>): unknown[] {
  return Object.entries(properties).flatMap(([key, value]) => {
    if (/Config$/.test(key) && value !== null && typeof value === 'object' && 'Name' in value) return [value.Name];
    const namesItself =
      /^(Name|DashboardName|LogGroupName|RoleName|BucketName|QueueName|TopicName|TableName|AliasName|ApplicationName)$/;
    return namesItself.test(key) || /^Domain$/.test(key) ? [value] : [];
  });
}

function textOf(value: any, values: Record<string, string>): string {
  if (typeof value === 'string') return value;
  const [key, argument] = Object.entries<any>(value)[0]!;
  if (key === 'Ref' && argument in values) return values[argument]!;
  if (key === 'Ref') return `<${argument}>`;
  if (key === 'Fn::Join') return argument[1].map((part: unknown) => textOf(part, values)).join(argument[0]);
  if (key === 'Fn::Select') return listOf(argument[1], values)[argument[0]]!;
  throw new Error(`A name is made with ${key}`);
}

function listOf(value: any, values: Record<string, string>): string[] {
  return textOf(value['Fn::Split'][1], values).split(value['Fn::Split'][0]);
}

const named = namesAt(here).filter(({ name }) => !/^<|^vpc$/.test(name));

test('the stack names what must have a name, and the test finds it', () => {
  const types = new Set(named.map(({ type }) => type));

  expect([...types].sort()).toEqual([
    'AWS::CloudFront::Function',
    'AWS::CloudFront::OriginAccessControl',
    'AWS::CloudFront::ResponseHeadersPolicy',
    'AWS::CloudWatch::Dashboard',
    'AWS::CodeDeploy::Application',
    'AWS::Cognito::UserPoolDomain',
    'AWS::Logs::LogGroup',
    'AWS::Logs::QueryDefinition',
  ]);
});

test.each([
  [
    'in another Region',
    { ...here, region: 'us-east-1', stackId: '1a2b3c4d-a' },
    (type: string) => accountWide.test(type),
  ],
  ['beside it in the Region', { ...here, stage: 'dev', stackId: '1a2b3c4d-a' }, () => true],
])('the same names are not taken by a stage %s', (_where, elsewhere, matters) => {
  const taken = new Set(namesAt(elsewhere).map(({ type, name }) => `${type} ${name}`));

  expect(named.filter(({ type, name }) => matters(type) && taken.has(`${type} ${name}`))).toEqual([]);
});

test('what production keeps takes no name from the stack that is created after it', () => {
  const kept = named.filter(({ retained }) => retained);
  const again = new Set(namesAt({ ...here, stackId: '1a2b3c4d-a' }).map(({ type, name }) => `${type} ${name}`));

  expect(kept.map(({ type }) => type)).toContain('AWS::Logs::LogGroup');
  expect(kept.filter(({ type, name }) => again.has(`${type} ${name}`))).toEqual([]);
});

test('the longest stage and Region leave each name within CloudFront’s 64 characters', () => {
  const longest = namesAt({ ...here, stage: 'a'.repeat(20), region: 'ap-southeast-1' });

  for (const { type, name } of longest.filter(({ type: one }) => /CloudFront/.test(one) && !/Headers/.test(one)))
    expect({ type, length: name.length > 64 }).toEqual({ type, length: false });
});
