import { readSettings } from '../../lib/settings';
import { everyOption } from './options';

const read = (context: Record<string, unknown>) => readSettings((key) => context[key]);

test('without context the stack is a development stage', () => {
  expect(read({})).toEqual({
    part: 'product',
    stage: 'dev',
    supportEmail: 'support@example.com',
    runEngine: 'auto',
    ownHosts: [],
    dashboardOrigins: [],
    oidcIssuer: undefined,
    oidcClientId: undefined,
    oidcScope: 'openid email',
    oidcOrigins: [],
    encryption: 'aws',
    egress: 'any',
  });
});

test('own hosts are listed with commas', () => {
  expect(read({ ownHosts: 'a.example.com,b.example.com' }).ownHosts).toEqual(['a.example.com', 'b.example.com']);
});

test.each([
  ['stage', 'prod', 'Context setting stage is "prod". Allowed: Write "production".'],
  [
    'stage',
    'Dev',
    'Context setting stage is "Dev". Allowed: Lower-case letters, digits and hyphens, at most 20, a letter first.',
  ],
  ['supportEmail', 'support', 'Context setting supportEmail is "support". Allowed: An e-mail address.'],
  ['runEngine', 'express', 'Context setting runEngine is "express". Allowed: "auto" or "standard".'],
  [
    'ownHosts',
    'https://a.example.com',
    'Context setting ownHosts is "https://a.example.com". Allowed: Host names in lower case, separated by commas, without scheme or port.',
  ],
  [
    'oidcIssuer',
    'http://id.example.com',
    'Context setting oidcIssuer is "http://id.example.com". Allowed: An https address',
  ],
  ['oidcClientId', 'two words', 'Context setting oidcClientId is "two words". Allowed: The client id'],
  ['oidcScope', 'email', 'Context setting oidcScope is "email". Allowed: "openid" and other scopes'],
  ['oidcOrigins', 'https://id.example.com/', 'Allowed: Origins such as https://workflows.example.com'],
  ['dashboardOrigins', 'workflows.example.com', 'Allowed: Origins such as https://workflows.example.com'],
  ['part', 'all', 'Context setting part is "all". Allowed: "product" or "firewall".'],
  ['domainName', 'https://workflows.example.com', 'Allowed: A host name in lower case, without scheme or port'],
  [
    'certificateArn',
    'arn:aws:acm:eu-west-1:111122223333:certificate/0f1e2d3c',
    'Allowed: The ARN of an ACM certificate in us-east-1',
  ],
  [
    'webAclArn',
    'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/x/0f1e2d3c',
    'Allowed: The ARN of a WAF web ACL for CloudFront, which is in us-east-1',
  ],
  ['encryption', 'kms', 'Context setting encryption is "kms". Allowed: "aws" or "customer".'],
  ['egress', 'nat', 'Context setting egress is "nat". Allowed: "any" or "fixed".'],
])('a wrong %s, %s, is named with what is allowed', (key, value, message) => {
  expect(() => read({ [key]: value })).toThrow(message);
});

test('all wrong settings are named at once', () => {
  expect(() => read({ stage: 'X', runEngine: 'x' })).toThrow(/stage[^]*runEngine/);
});

test('origins are listed with commas', () => {
  expect(read({ dashboardOrigins: 'https://a.example.com,http://localhost:5173' }).dashboardOrigins).toEqual([
    'https://a.example.com',
    'http://localhost:5173',
  ]);
});

test.each(['oidcIssuer', 'oidcClientId'])('%s alone is half an issuer', (key) => {
  expect(() => read({ [key]: 'https://id.example.com' })).toThrow('oidcIssuer and oidcClientId go together');
});

test.each(['domainName', 'certificateArn'] as const)('%s alone is half a domain', (key) => {
  expect(() => read({ [key]: everyOption[key] })).toThrow('domainName and certificateArn go together');
});
