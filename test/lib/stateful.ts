import type { Template } from 'aws-cdk-lib/assertions';

/**
 * Resources with data, or with an address that others depend on, and the properties whose change makes CloudFormation
 * replace them ("Update requires: Replacement" in its reference). For a user pool: the properties that can never
 * change.
 */
const identities: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGatewayV2::Api': ['ProtocolType'],
  'AWS::CloudFront::Distribution': [],
  'AWS::Cognito::UserPool': ['AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration'],
  'AWS::Cognito::UserPoolClient': ['GenerateSecret', 'UserPoolId'],
  'AWS::Cognito::UserPoolDomain': ['Domain', 'UserPoolId'],
  'AWS::DynamoDB::GlobalTable': ['KeySchema', 'LocalSecondaryIndexes', 'TableName'],
  'AWS::EC2::EIP': ['Address', 'Domain', 'IpamPoolId', 'NetworkBorderGroup', 'TransferAddress'],
  'AWS::KMS::Key': [],
  'AWS::Logs::LogGroup': ['LogGroupName'],
  'AWS::S3::Bucket': ['BucketName', 'BucketNamePrefix', 'BucketNamespace', 'ObjectLockEnabled'],
  'AWS::SQS::Queue': ['FifoQueue', 'QueueName'],
  'AWS::StepFunctions::StateMachine': ['StateMachineName', 'StateMachineType'],
};

/** The type and the properties that must not change, by logical id. */
export type Stateful = Record<string, Record<string, unknown>>;

export function statefulResources(template: Template): Stateful {
  const all = Object.entries(template.toJSON()['Resources'] as Record<string, { Type: string; Properties?: any }>);
  return Object.fromEntries(
    all
      .filter(([, { Type: type }]) => Object.hasOwn(identities, type))
      .map(([id, { Type: type, Properties: properties = {} }]) => {
        const kept = identities[type]!.filter((name) => properties[name] !== undefined);
        return [id, { Type: type, ...Object.fromEntries(kept.map((name) => [name, properties[name]])) }];
      }),
  );
}

/** The resources that deploying `next` over `released` would remove or replace. New resources are no loss. */
export function losses(released: Stateful, next: Stateful): string[] {
  return Object.entries(released).flatMap(([id, before]) => {
    const after = next[id];
    if (after === undefined) return [`${id} (${String(before['Type'])}) would be removed`];
    const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
    );
    return changed.length === 0 ? [] : [`${id} (${String(before['Type'])}) would be replaced: ${changed.join(', ')}`];
  });
}
