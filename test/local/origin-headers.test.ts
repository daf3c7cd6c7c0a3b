import { originSecretHeader } from '../../functions/contract/stack';
import { functionEnvironment } from '../../local/lambda/function-environment';
import { readFunction } from '../../local/lambda/function-resource';
import { readOriginHeaders, withOriginHeaders } from '../../local/distribution/origin-headers';
import { resolveStack } from '../../local/template/stack';
import { templateSchema } from '../../local/template/template';
import { synthesize } from '../lib/synthesize';

const deployment = { region: 'us-east-1', accountId: '000000000000', stackName: 'x', apiOrigin: 'http://127.0.0.1:3000', issuerOrigin: 'http://127.0.0.1:3002', queueOrigin: 'http://127.0.0.1:4000' }; // prettier-ignore
const template = templateSchema.parse(synthesize().template.toJSON());
const aStart = () => resolveStack(template, deployment);

test('the local run sends each function a secret that it accepts, by the template, and another at each start', () => {
  const stack = aStart();
  const sent = readOriginHeaders(stack).get(originSecretHeader.toLowerCase());
  const functions = stack.resources('AWS::Lambda::Function').flatMap((one) => readFunction(one) ?? []);

  for (const folder of ['rest-api', 'mcp-server']) {
    const resource = functions.find(({ entry }) => entry.includes(`/${folder}/`))!;
    const { ORIGIN_SECRETS } = functionEnvironment(resource, {
      deployment,
      endpoints: { table: '', queue: '', machine: '' },
      localVariables: {},
    });
    expect(ORIGIN_SECRETS!.split(',')).toContain(sent);
  }
  expect(sent).toMatch(/^[0-9a-f]{48}$/);
  expect(readOriginHeaders(aStart()).get(originSecretHeader.toLowerCase())).not.toBe(sent);
});

test('a header that the viewer sends under the same name is replaced, and every other one passed on', () => {
  const headers = ['Host', 'a', 'x-ORIGIN-secret', 'mine', 'Accept', 'x-origin-secret', 'X-Origin-Secret', ''];

  expect(withOriginHeaders(headers, new Map([['x-origin-secret', 'ours']]))).toEqual([
    'Host',
    'a',
    'Accept',
    'x-origin-secret',
    'x-origin-secret',
    'ours',
  ]);
});
