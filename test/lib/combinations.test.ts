import { AwsSolutionsChecks } from 'cdk-nag';
import { resolveStack } from '../../local/template/stack';
import { templateSchema } from '../../local/template/template';
import { builtDashboard } from './dashboard/built-dashboard';
import { everyOption } from './options';
import { resource, resources, synthesize, synthesizeFirewall } from './synthesize';

const dashboard = builtDashboard();
const ownIssuer = { oidcIssuer: 'https://id.example.com', oidcClientId: 'dashboard' };
const combinations = {
  'a development stage': synthesize({}, dashboard),
  production: synthesize({ stage: 'production' }, dashboard),
  'a development stage with every option': synthesize(
    { ...everyOption, ...ownIssuer, runEngine: 'standard' },
    dashboard,
  ),
  'production with every option': synthesize({ ...everyOption, stage: 'production' }, dashboard),
  'the firewall': synthesizeFirewall(),
};

describe.each(Object.entries(combinations))('%s', (name, { stack }) => {
  test('has no finding of the AWS Solutions rules without a documented exception', () => {
    const { violations } = new AwsSolutionsChecks().validateScope(stack);

    expect(violations.map((one) => [one.ruleName, one.violatingResources.map((at) => at.constructPath)])).toEqual([]);
  });

  test('has tags with the product and the stage', () => {
    const stage = name.startsWith('production') ? 'production' : 'dev';

    expect(stack.tags.tagValues()).toEqual({ Product: 'coffield-workflows', Stage: stage });
  });
});

test.each(Object.entries(combinations).filter(([name]) => name !== 'the firewall'))(
  'the local run supports or knowingly ignores every resource of %s',
  (_name, { template }) => {
    const place = { region: 'eu-west-1', accountId: '000000000000', stackName: 'x', apiOrigin: 'http://a', issuerOrigin: 'http://b', queueOrigin: 'http://c' }; // prettier-ignore

    const stack = resolveStack(templateSchema.parse(template.toJSON()), place);

    expect(stack.resources('AWS::DynamoDB::GlobalTable')).toHaveLength(1);
  },
);

describe.each([
  ['a development stage', combinations['a development stage'].template],
  ['one with every option', combinations['a development stage with every option'].template],
])('when %s is destroyed', (_name, template) => {
  test('no resource is retained or protected', () => {
    const text = JSON.stringify(template.toJSON());

    expect(text).not.toMatch(/"(Deletion|UpdateReplace)Policy":"(Retain|Snapshot|RetainExceptOnCreate)/);
    expect(text).not.toMatch(/"DeletionProtection(Enabled)?":(true|"ACTIVE")/);
  });

  test('the bucket is emptied before it is deleted', () => {
    expect(resource(template, 'Custom::S3AutoDeleteObjects').Properties.BucketName).toEqual({
      Ref: resource(template, 'AWS::S3::Bucket').logicalId,
    });
  });

  test('every function, including those of the CDK, has a log group that is deleted too, and may create no other', () => {
    const groups = Object.keys(resources(template, 'AWS::Logs::LogGroup'));
    const functions = Object.values(resources(template, 'AWS::Lambda::Function'));

    expect(functions.length).toBeGreaterThanOrEqual(8);
    for (const { Properties } of functions) expect(groups).toContain(Properties.LoggingConfig.LogGroup.Ref);
    expect(JSON.stringify(template.toJSON())).not.toMatch(/logs:CreateLogGroup|AWSLambdaBasicExecutionRole/);
  });
});

describe('a custom domain', () => {
  const { template } = combinations['production with every option'];

  test('belongs to the distribution, with its certificate, current TLS and the web ACL', () => {
    const { DistributionConfig: distribution } = resource(template, 'AWS::CloudFront::Distribution').Properties;

    expect(distribution).toMatchObject({
      Aliases: ['workflows.example.com'],
      ViewerCertificate: {
        AcmCertificateArn: everyOption.certificateArn,
        MinimumProtocolVersion: 'TLSv1.2_2021',
        SslSupportMethod: 'sni-only',
      },
      WebACLId: everyOption.webAclArn,
    });
  });

  test('is used for the sign-in redirect, the hosts that webhooks may not call and the outputs', () => {
    const { CallbackURLs } = resource(template, 'AWS::Cognito::UserPoolClient').Properties;

    expect(CallbackURLs[0]).toBe('https://workflows.example.com/signed-in');
    expect(JSON.stringify(CallbackURLs[1])).toMatch(/Distribution.*DomainName/);
    for (const id of [/DeliverWebhook/, /RestApiFunction/, /McpServerFunction/]) {
      const { OWN_HOSTS } = resource(template, 'AWS::Lambda::Function', id).Properties.Environment.Variables;
      expect(JSON.stringify(OWN_HOSTS)).toMatch(/workflows\.example\.com.*Distribution/);
    }
    expect(template.findOutputs('DashboardUrl')['DashboardUrl']!.Value).toBe('https://workflows.example.com');
  });
});

describe('encryption with a customer managed key', () => {
  const { template } = combinations['production with every option'];
  const key = resource(template, 'AWS::KMS::Key');

  test('covers the table and both queues; the key is rotated and retained after the stack', () => {
    const keyArn = { 'Fn::GetAtt': [key.logicalId, 'Arn'] };
    const [replica] = resource(template, 'AWS::DynamoDB::GlobalTable').Properties.Replicas;

    expect(replica.SSESpecification).toEqual({ KMSMasterKeyId: keyArn });
    for (const queue of Object.values(resources(template, 'AWS::SQS::Queue'))) {
      expect(queue.Properties.KmsMasterKeyId).toEqual(keyArn);
    }
    expect(key).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', Properties: { EnableKeyRotation: true } });
  });
});

describe('static IP addresses for webhooks', () => {
  const { template } = combinations['production with every option'];

  test('are two in production and one on other stages, with an output; production retains them', () => {
    const addresses = Object.values(resources(template, 'AWS::EC2::EIP'));
    const gateways = Object.values(resources(template, 'AWS::EC2::NatGateway'));
    const { template: dev } = combinations['a development stage with every option'];

    expect(addresses.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual([
      'RetainExceptOnCreate',
      'RetainExceptOnCreate',
    ]);
    expect(gateways).toHaveLength(2);
    expect(Object.keys(resources(dev, 'AWS::EC2::NatGateway'))).toHaveLength(1);
    expect(template.findOutputs('EgressAddresses')['EgressAddresses']!.Value).toEqual({
      'Fn::Join': [
        '',
        [{ Ref: expect.stringContaining('Address1') }, ',', { Ref: expect.stringContaining('Address2') }],
      ],
    });
  });

  test('are used by deliver-webhook only, which allows no inbound and only HTTPS outbound traffic', () => {
    const inVpc = Object.entries(resources(template, 'AWS::Lambda::Function'))
      .filter(([, { Properties }]) => Properties.VpcConfig !== undefined)
      .map(([id]) => id);

    expect(inVpc).toEqual([expect.stringContaining('DeliverWebhook')]);
    expect(resource(template, 'AWS::EC2::SecurityGroup').Properties).toMatchObject({
      SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }],
    });
    expect(resource(template, 'AWS::EC2::SecurityGroup').Properties.SecurityGroupIngress).toBeUndefined();
  });
});
