import type { Template } from 'aws-cdk-lib/assertions';
import { functionNames } from '../../functions/contract/functions';
import { originSecretHeader } from '../../functions/contract/stack';
import { lambda, resource, resources, synthesize } from './synthesize';

const [first, second, third] = [1, 2, 3].map((originSecret) => synthesize({ originSecret: String(originSecret) }).template) as [Template, Template, Template]; // prettier-ignore

/** The logical ids of the secrets that a value refers to. */
const secretsIn = (value: unknown): string[] =>
  [...JSON.stringify(value).matchAll(/\{\{resolve:secretsmanager:",\{"Ref":"(\w+)"\},":SecretString:::\}\}/g)].map(
    ([, id = '']) => id,
  );

function sentBy(template: Template): string {
  const { Origins } = resource(template, 'AWS::CloudFront::Distribution').Properties.DistributionConfig;
  const headers = Origins.flatMap(({ OriginCustomHeaders = [] }: any) => OriginCustomHeaders);
  expect(headers.map(({ HeaderName }: any) => HeaderName)).toEqual([originSecretHeader]);
  const [secret, ...others] = secretsIn(headers[0].HeaderValue);
  expect(others).toEqual([]);
  return secret!;
}

const acceptedBy = (template: Template, name: 'rest-api' | 'mcp-server') =>
  secretsIn(lambda(template, name).Properties.Environment.Variables.ORIGIN_SECRETS);

test('the distribution sends the API a secret that Secrets Manager generates and the template does not contain', () => {
  const secrets = resources(first, 'AWS::SecretsManager::Secret');

  expect(Object.keys(secrets)).toContain(sentBy(first));
  for (const { Properties } of Object.values(secrets)) {
    expect(Properties).toMatchObject({ GenerateSecretString: { PasswordLength: 48, ExcludePunctuation: true } });
    expect(Properties.SecretString).toBeUndefined();
  }
});

test.each(['rest-api', 'mcp-server'] as const)('%s accepts what the distribution sends', (name) => {
  for (const template of [first, second, third]) expect(acceptedBy(template, name)).toContain(sentBy(template));
});

test.each(['rest-api', 'mcp-server'] as const)(
  'while a deployment replaces the secret, or is rolled back, %s refuses nothing that the distribution sends',
  (name) => {
    for (const [before, after] of [
      [first, second],
      [second, third],
    ] as const) {
      expect(sentBy(after)).not.toBe(sentBy(before));
      expect(acceptedBy(before, name)).toContain(sentBy(after));
      expect(acceptedBy(after, name)).toContain(sentBy(before));
    }
  },
);

test('a secret that was replaced twice is accepted no more, and is deleted', () => {
  expect(acceptedBy(third, 'rest-api')).not.toContain(sentBy(first));
  expect(Object.keys(resources(third, 'AWS::SecretsManager::Secret'))).not.toContain(sentBy(first));
});

test('no other function knows the secrets', () => {
  const behindDistribution = ['rest-api', 'mcp-server', 'authorization-server'];
  for (const name of functionNames) {
    const knows = secretsIn(lambda(first, name).Properties).length > 0;
    expect([name, knows]).toEqual([name, behindDistribution.includes(name)]);
  }
});

test('the outputs give the address of the distribution only', () => {
  expect(JSON.stringify(first.findOutputs('*'))).not.toMatch(/execute-api|ApiEndpoint/);
});
