import type { ResourceIdentity } from './resolve';

/** Where this local run is: what a deployed stack learns from its account. */
export interface LocalPlace {
  readonly region: string;
  readonly accountId: string;
  readonly stackName: string;
  /** Origins without a trailing slash. */
  readonly apiOrigin: string;
  /** Stands in for the user pool. */
  readonly issuerOrigin: string;
  readonly queueOrigin: string;
}

interface Named {
  readonly logicalId: string;
  /** The value of a naming property such as `TableName`, or the logical id, which is stable. */
  readonly name: (property: string) => string;
  readonly place: LocalPlace;
}

/** The resource types the local run plays, and what `Ref` and `Fn::GetAtt` of each answer. */
export const playedTypes: Readonly<Record<string, (named: Named) => ResourceIdentity>> = {
  'AWS::DynamoDB::Table': tableIdentity,
  'AWS::DynamoDB::GlobalTable': tableIdentity,
  'AWS::SQS::Queue': ({ name, place }) => {
    const queueName = name('QueueName');
    return {
      ref: `${place.queueOrigin}/${place.accountId}/${queueName}`,
      attributes: { Arn: arn(place, 'sqs', queueName), QueueName: queueName },
    };
  },
  'AWS::Lambda::Function': ({ name, place }) => {
    const functionName = name('FunctionName');
    return { ref: functionName, attributes: { Arn: arn(place, 'lambda', `function:${functionName}`) } };
  },
  'AWS::StepFunctions::StateMachine': ({ name, place }) => {
    const machineName = name('StateMachineName');
    const machineArn = arn(place, 'states', `stateMachine:${machineName}`);
    return { ref: machineArn, attributes: { Arn: machineArn, Name: machineName } };
  },
  'AWS::ApiGatewayV2::Api': ({ logicalId, place }) => ({
    ref: logicalId.toLowerCase(),
    attributes: { ApiId: logicalId.toLowerCase(), ApiEndpoint: place.apiOrigin },
  }),
  'AWS::ApiGatewayV2::Integration': ({ logicalId }) => ({ ref: logicalId, attributes: {} }),
  'AWS::ApiGatewayV2::Route': ({ logicalId }) => ({ ref: logicalId, attributes: {} }),
  'AWS::Lambda::EventSourceMapping': ({ logicalId }) => ({ ref: logicalId, attributes: {} }),
  'AWS::Events::Rule': ({ logicalId, place }) => ({
    ref: logicalId,
    attributes: { Arn: arn(place, 'events', `rule/${logicalId}`) },
  }),
  'AWS::CloudFront::Distribution': ({ logicalId, place }) => ({
    ref: logicalId,
    // One address for everything, here as there.
    attributes: { DomainName: new URL(place.apiOrigin).host },
  }),
  'AWS::CloudFront::Function': ({ logicalId, place }) => ({
    ref: logicalId,
    attributes: { FunctionARN: arn(place, 'cloudfront', `function/${logicalId}`) },
  }),
  'AWS::CloudFront::OriginAccessControl': ({ logicalId }) => ({ ref: logicalId, attributes: { Id: logicalId } }),
  'AWS::CloudFront::ResponseHeadersPolicy': ({ logicalId }) => ({ ref: logicalId, attributes: {} }),
  'AWS::S3::Bucket': ({ name, place }) => {
    const bucketName = name('BucketName').toLowerCase();
    return {
      ref: bucketName,
      attributes: {
        Arn: `arn:aws:s3:::${bucketName}`,
        RegionalDomainName: `${bucketName}.s3.${place.region}.amazonaws.com`,
      },
    };
  },
  'AWS::Cognito::UserPool': ({ logicalId, place }) => ({
    ref: logicalId,
    attributes: { Arn: arn(place, 'cognito-idp', `userpool/${logicalId}`), ProviderURL: place.issuerOrigin },
  }),
  'AWS::Cognito::UserPoolClient': ({ logicalId }) => ({ ref: logicalId.toLowerCase(), attributes: {} }),
  'AWS::Cognito::UserPoolDomain': ({ logicalId }) => ({ ref: logicalId.toLowerCase(), attributes: {} }),
};

/** What exists only in AWS: permissions, observation and retention. A type in neither list stops the start. */
export const ignoredTypes: ReadonlySet<string> = new Set([
  'AWS::ApiGatewayV2::Stage',
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Cognito::ManagedLoginBranding',
  'AWS::EC2::EIP',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::NatGateway',
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCEndpoint',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Key',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::QueryDefinition',
  'AWS::Logs::ResourcePolicy',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'Custom::CDKBucketDeployment',
  'Custom::S3AutoDeleteObjects',
]);

function tableIdentity({ name, place }: Named): ResourceIdentity {
  const tableName = name('TableName');
  return { ref: tableName, attributes: { Arn: arn(place, 'dynamodb', `table/${tableName}`) } };
}

function arn(place: LocalPlace, service: string, resource: string): string {
  return `arn:aws:${service}:${place.region}:${place.accountId}:${resource}`;
}
