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
  test('has nothing that the AWS Solutions rules find fault with and nobody argued for', () => {
    const { violations } = new AwsSolutionsChecks().validateScope(stack);

    expect(violations.map((one) => [one.ruleName, one.violatingResources.map((at) => at.constructPath)])).toEqual([]);
  });

  test('bears the tags that tell the product and the stage', () => {
    const stage = name.startsWith('production') ? 'production' : 'dev';

    expect(stack.tags.tagValues()).toEqual({ Product: 'coffield-workflows', Stage: stage });
  });
});

test.each(Object.entries(combinations).filter(([name]) => name !== 'the firewall'))(
  'the local run plays %s, or knows what to leave out',
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
  test('nothing is kept by policy or protection', () => {
    const text = JSON.stringify(template.toJSON());

    expect(text).not.toMatch(/"(Deletion|UpdateReplace)Policy":"(Retain|Snapshot|RetainExceptOnCreate)/);
    expect(text).not.toMatch(/"DeletionProtection(Enabled)?":(true|"ACTIVE")/);
  });

  test('the bucket is emptied first', () => {
    expect(resource(template, 'Custom::S3AutoDeleteObjects').Properties.BucketName).toEqual({
      Ref: resource(template, 'AWS::S3::Bucket').logicalId,
    });
  });

  test('every function, also those of the CDK, logs into a group that goes too and may make no other', () => {
    const groups = Object.keys(resources(template, 'AWS::Logs::LogGroup'));
    const functions = Object.values(resources(template, 'AWS::Lambda::Function'));

    expect(functions.length).toBeGreaterThanOrEqual(8);
    for (const { Properties } of functions) expect(groups).toContain(Properties.LoggingConfig.LogGroup.Ref);
    expect(JSON.stringify(template.toJSON())).not.toMatch(/logs:CreateLogGroup|AWSLambdaBasicExecutionRole/);
  });
});

describe('an own domain', () => {
  const { template } = combinations['production with every option'];

  test('is answered by the distribution with its certificate and current TLS, behind the web ACL', () => {
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

  test('is where people come back to, what webhooks must not call and what is shown', () => {
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

describe('encryption under a key of the account', () => {
  const { template } = combinations['production with every option'];
  const key = resource(template, 'AWS::KMS::Key');

  test('covers the table and both queues, and the key rotates and outlives the stack', () => {
    const keyArn = { 'Fn::GetAtt': [key.logicalId, 'Arn'] };
    const [replica] = resource(template, 'AWS::DynamoDB::GlobalTable').Properties.Replicas;

    expect(replica.SSESpecification).toEqual({ KMSMasterKeyId: keyArn });
    for (const queue of Object.values(resources(template, 'AWS::SQS::Queue'))) {
      expect(queue.Properties.KmsMasterKeyId).toEqual(keyArn);
    }
    expect(key).toMatchObject({ DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } });
  });
});

describe('fixed addresses of webhooks', () => {
  const { template } = combinations['production with every option'];

  test('are two in production and one elsewhere, named by an output and kept by production', () => {
    const addresses = Object.values(resources(template, 'AWS::EC2::EIP'));
    const gateways = Object.values(resources(template, 'AWS::EC2::NatGateway'));
    const { template: dev } = combinations['a development stage with every option'];

    expect(addresses.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(['Retain', 'Retain']);
    expect(gateways).toHaveLength(2);
    expect(Object.keys(resources(dev, 'AWS::EC2::NatGateway'))).toHaveLength(1);
    expect(template.findOutputs('EgressAddresses')['EgressAddresses']!.Value).toEqual({
      'Fn::Join': [
        '',
        [{ Ref: expect.stringContaining('Address1') }, ',', { Ref: expect.stringContaining('Address2') }],
      ],
    });
  });

  test('are those of deliver-webhook alone, which lets nothing in and only HTTPS out', () => {
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

test('the firewall bounds each token, and each address that brings none, from us-east-1', () => {
  const { stack, template } = combinations['the firewall'];
  const { Scope: scope, DefaultAction: otherwise, Rules: rules } = resource(template, 'AWS::WAFv2::WebACL').Properties;

  expect([stack.region, scope, otherwise]).toEqual(['us-east-1', 'CLOUDFRONT', { Allow: {} }]);
  expect(rules.map(({ Statement }: any) => Statement.RateBasedStatement)).toMatchObject([
    { AggregateKeyType: 'CUSTOM_KEYS', CustomKeys: [{ Header: { Name: 'authorization' } }] },
    { AggregateKeyType: 'IP', ScopeDownStatement: { NotStatement: expect.anything() } },
  ]);
  for (const { Action } of rules) expect(Action.Block.CustomResponse.ResponseCode).toBe(429);
  expect(Object.keys(template.findOutputs('*'))).toEqual(['WebAclArn']);
});
