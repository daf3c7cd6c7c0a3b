import type { ResourceIdentity } from './resolve';

/** Names and addresses that a deployed stack gets from its AWS account, and that the local run defines itself. */
export interface LocalDeployment {
  readonly region: string;
  readonly accountId: string;
  readonly stackName: string;
  /** Origins without a trailing slash. */
  readonly apiOrigin: string;
  /** Origin of the local issuer, which emulates the user pool. */
  readonly issuerOrigin: string;
  readonly queueOrigin: string;
}

interface NamedResource {
  readonly logicalId: string;
  /** The value of a naming property such as `TableName`, or the logical id, which is stable. */
  readonly name: (property: string) => string;
  readonly deployment: LocalDeployment;
}

/** The resource types that the local run emulates, with the values of `Ref` and `Fn::GetAtt` for each. */
export const emulatedTypes: Readonly<Record<string, (resource: NamedResource) => ResourceIdentity>> = {
  'AWS::DynamoDB::Table': tableIdentity,
  'AWS::DynamoDB::GlobalTable': tableIdentity,
  'AWS::SQS::Queue': ({ name, deployment }) => {
    const queueName = name('QueueName');
    return {
      ref: `${deployment.queueOrigin}/${deployment.accountId}/${queueName}`,
      attributes: { Arn: arn(deployment, 'sqs', queueName), QueueName: queueName },
    };
  },
  'AWS::Lambda::Function': ({ name, deployment }) => {
    const functionName = name('FunctionName');
    return { ref: functionName, attributes: { Arn: arn(deployment, 'lambda', `function:${functionName}`) } };
  },
  // The one version of a function that runs here is reached by an alias too.
  'AWS::Lambda::Alias': ({ name, deployment }) => ({
    ref: arn(deployment, 'lambda', `function:${name('FunctionName')}:${name('Name')}`),
    attributes: {},
  }),
  'AWS::StepFunctions::StateMachine': ({ name, deployment }) => {
    const machineName = name('StateMachineName');
    const machineArn = arn(deployment, 'states', `stateMachine:${machineName}`);
    return { ref: machineArn, attributes: { Arn: machineArn, Name: machineName } };
  },
  'AWS::ApiGatewayV2::Api': ({ logicalId, deployment }) => ({
    ref: logicalId.toLowerCase(),
    attributes: { ApiId: logicalId.toLowerCase(), ApiEndpoint: deployment.apiOrigin },
  }),
  'AWS::ApiGatewayV2::Integration': ({ logicalId }) => ({ ref: logicalId, attributes: {} }),
  'AWS::ApiGatewayV2::Route': ({ logicalId }) => ({ ref: logicalId, attributes: {} }),
  'AWS::Lambda::EventSourceMapping': ({ logicalId }) => ({ ref: logicalId, attributes: {} }),
  'AWS::Events::Rule': ({ logicalId, deployment }) => ({
    ref: logicalId,
    attributes: { Arn: arn(deployment, 'events', `rule/${logicalId}`) },
  }),
  'AWS::CloudFront::Distribution': ({ logicalId, deployment }) => ({
    ref: logicalId,
    // As in AWS, one address serves the dashboard and the API.
    attributes: { DomainName: new URL(deployment.apiOrigin).host },
  }),
  'AWS::CloudFront::Function': ({ logicalId, deployment }) => ({
    ref: logicalId,
    attributes: { FunctionARN: arn(deployment, 'cloudfront', `function/${logicalId}`) },
  }),
  'AWS::CloudFront::OriginAccessControl': ({ logicalId }) => ({ ref: logicalId, attributes: { Id: logicalId } }),
  'AWS::CloudFront::ResponseHeadersPolicy': ({ logicalId }) => ({ ref: logicalId, attributes: {} }),
  'AWS::SecretsManager::Secret': ({ logicalId, deployment }) => ({
    ref: arn(deployment, 'secretsmanager', `secret:${logicalId}`),
    attributes: {},
  }),
  'AWS::S3::Bucket': ({ name, deployment }) => {
    const bucketName = name('BucketName').toLowerCase();
    return {
      ref: bucketName,
      attributes: {
        Arn: `arn:aws:s3:::${bucketName}`,
        RegionalDomainName: `${bucketName}.s3.${deployment.region}.amazonaws.com`,
      },
    };
  },
  'AWS::Cognito::UserPool': ({ logicalId, deployment }) => ({
    ref: logicalId,
    attributes: { Arn: arn(deployment, 'cognito-idp', `userpool/${logicalId}`), ProviderURL: deployment.issuerOrigin },
  }),
  'AWS::Cognito::UserPoolClient': ({ logicalId }) => ({ ref: logicalId.toLowerCase(), attributes: {} }),
};

/** Resource types that matter only in AWS, such as permissions and alarms. A type in neither list fails the start. */
export const ignoredTypes: ReadonlySet<string> = new Set([
  'AWS::ApiGatewayV2::Stage',
  'AWS::CDK::Metadata',
  'AWS::Cognito::UserPoolDomain',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::CodeDeploy::Application',
  'AWS::CodeDeploy::DeploymentGroup',
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
  'AWS::Lambda::Version',
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

function tableIdentity({ name, deployment }: NamedResource): ResourceIdentity {
  const tableName = name('TableName');
  return { ref: tableName, attributes: { Arn: arn(deployment, 'dynamodb', `table/${tableName}`) } };
}

function arn(deployment: LocalDeployment, service: string, resource: string): string {
  return `arn:aws:${service}:${deployment.region}:${deployment.accountId}:${resource}`;
}
