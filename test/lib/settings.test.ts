import { readSettings } from '../../lib/settings';
import { everyOption } from './options';

const read = (context: Record<string, unknown>) => readSettings((key) => context[key]);

test('without context the stack is a development stage', () => {
  expect(read({})).toEqual({
    part: 'product',
    stage: 'dev',
    protection: 'on',
    supportEmail: 'support@example.com',
    runEngine: 'auto',
    ownHosts: [],
    dashboardOrigins: [],
    oidcIssuer: undefined,
    oidcClientId: undefined,
    oidcScope: 'openid email',
    oidcOrigins: [],
    originSecret: 1,
    requestsPerSecond: 1000,
    concurrency: 1000,
    encryption: 'aws',
    egress: 'any',
  });
});

test('originSecret is a number, whether the command line or cdk.json has it', () => {
  expect([read({ originSecret: '2' }).originSecret, read({ originSecret: 2 }).originSecret]).toEqual([2, 2]);
});

test('ownHosts is a list separated by commas', () => {
  expect(read({ ownHosts: 'a.example.com,b.example.com' }).ownHosts).toEqual(['a.example.com', 'b.example.com']);
});

test.each([
  [
    'stage',
    'aws-test',
    'The context setting stage is "aws-test". It must be a name without "aws", "amazon" and "cognito"',
  ],
  ['stage', 'mycognito', 'a name without "aws", "amazon" and "cognito", which Cognito refuses'],
  ['stage', 'prod', 'The context setting stage is "prod". It must be "production" for the stage that keeps'],
  [
    'stage',
    'Dev',
    'The context setting stage is "Dev". It must be up to 20 lower-case letters, digits and hyphens, beginning with a letter.',
  ],
  ['supportEmail', 'support', 'The context setting supportEmail is "support". It must be an e-mail address.'],
  ['runEngine', 'express', 'The context setting runEngine is "express". It must be "auto" or "standard".'],
  [
    'ownHosts',
    'https://a.example.com',
    'The context setting ownHosts is "https://a.example.com". It must be host names in lower case, separated by commas, without scheme or port.',
  ],
  [
    'oidcIssuer',
    'http://id.example.com',
    'The context setting oidcIssuer is "http://id.example.com". It must be an https address',
  ],
  ['oidcClientId', 'two words', 'The context setting oidcClientId is "two words". It must be the client id'],
  ['oidcScope', 'email', 'The context setting oidcScope is "email". It must be "openid" followed by other scopes'],
  ['oidcOrigins', 'https://id.example.com/', 'It must be origins such as https://workflows.example.com'],
  ['dashboardOrigins', 'workflows.example.com', 'It must be origins such as https://workflows.example.com'],
  ['part', 'all', 'The context setting part is "all". It must be "product" or "firewall".'],
  ['domainName', 'https://workflows.example.com', 'It must be a host name in lower case, without scheme or port'],
  [
    'certificateArn',
    'arn:aws:acm:eu-west-1:111122223333:certificate/0f1e2d3c',
    'It must be the ARN of an ACM certificate in us-east-1',
  ],
  [
    'webAclArn',
    'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/x/0f1e2d3c',
    'It must be the ARN of a WAF web ACL for CloudFront, which must be in us-east-1',
  ],
  ['originSecret', '0', 'The context setting originSecret is "0". It must be a whole number from 1.'],
  ['originSecret', 'x', 'It must be a whole number from 1'],
  ['requestsPerSecond', '10001', 'It must be a whole number from 1 to 10000'],
  ['encryption', 'kms', 'The context setting encryption is "kms". It must be "aws" or "customer".'],
  ['release', 'linear', 'The context setting release is "linear". It must be "canary" or "at-once".'],
  ['egress', 'nat', 'The context setting egress is "nat". It must be "any" or "fixed".'],
])('an invalid %s, %s, is refused with a message that says what is allowed', (key, value, message) => {
  expect(() => read({ [key]: value })).toThrow(message);
});

test('all invalid settings are reported at once', () => {
  expect(() => read({ stage: 'X', runEngine: 'x' })).toThrow(/stage[^]*runEngine/);
});

test('origins are a list separated by commas', () => {
  expect(read({ dashboardOrigins: 'https://a.example.com,http://localhost:5173' }).dashboardOrigins).toEqual([
    'https://a.example.com',
    'http://localhost:5173',
  ]);
});

test.each(['oidcIssuer', 'oidcClientId'])('%s alone is refused, because an issuer needs both settings', (key) => {
  expect(() => read({ [key]: 'https://id.example.com' })).toThrow('Set both oidcIssuer and oidcClientId, or neither');
});

test.each(['domainName', 'certificateArn'] as const)(
  '%s alone is refused, because a domain needs both settings',
  (key) => {
    expect(() => read({ [key]: everyOption[key] })).toThrow('Set both domainName and certificateArn, or neither');
  },
);
