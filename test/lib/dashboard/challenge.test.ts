import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { resource, synthesize } from '../synthesize';

const code = readFileSync(join(__dirname, '..', '..', '..', 'lib', 'dashboard', 'challenge.js'), 'utf8');
const handler = runInNewContext(`${code}\nhandler;`) as (event: unknown) => any;

const host = 'd111111abcdef8.cloudfront.net';
const answerTo = (method: string, authorization?: string, uri = '/mcp') => {
  const headers = {
    host: { value: host },
    ...(authorization !== undefined && { authorization: { value: authorization } }),
  };
  const request = { method, uri, querystring: {}, headers, cookies: {} };
  const result = handler({ version: '1.0', context: { requestId: 'abc' }, request });
  return result === request ? `passed on to ${request.uri}` : result;
};

test.each([undefined, '', 'Basic dXNlcjpwYXNz', 'Bearer', 'Bearer eyJhbGciOi.J9.x', 'Bearer cwf_pat_1'])(
  'a call with the authorization %p is answered with where to sign in (RFC 9728, section 5.1)',
  (authorization) => {
    const answer = answerTo('POST', authorization);

    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate'].value).toBe(
      `Bearer resource_metadata="https://${host}/.well-known/oauth-protected-resource/mcp", scope="mcp"`,
    );
    expect(JSON.parse(answer.body.data)).toEqual({
      jsonrpc: '2.0',
      id: null,
      error: {
        code: -32000,
        message: 'Send a valid access token as "Authorization: Bearer <token>".',
        data: { code: 'unauthenticated', request_id: 'abc' },
      },
    });
  },
);

test.each([
  ['POST', 'Bearer cwf_mcp_abc'],
  ['POST', 'bearer  cwf_mcp_abc'],
  ['GET', undefined],
  ['OPTIONS', undefined],
])('%s with %p is for the server to judge', (method, authorization) => {
  expect(answerTo(method, authorization)).toBe('passed on to /mcp');
});

test('the address with a slash at its end is the same server, because API Gateway can have no route for it', () => {
  expect(answerTo('POST', 'Bearer cwf_mcp_abc', '/mcp/')).toBe('passed on to /mcp');
  expect(answerTo('POST', undefined, '/mcp/').statusCode).toBe(401);
});

test.each(['/sse', '/sse/'])('a client that looks for an event stream at %s is told where the server is', (uri) => {
  const answer = answerTo('GET', 'Bearer cwf_mcp_abc', uri);

  expect([answer.statusCode, answer.headers.allow.value]).toEqual([405, 'POST']);
  expect(JSON.parse(answer.body.data)).toEqual({
    jsonrpc: '2.0',
    id: null,
    error: {
      code: -32000,
      message: 'This server has no SSE transport. Use the Streamable HTTP transport: POST /mcp, at the same host.',
      data: { code: 'method_not_allowed', request_id: 'abc' },
    },
  });
});

test('a client that posts its message to /sse is led to /mcp with the same message', () => {
  const answer = answerTo('POST', undefined, '/sse');

  expect([answer.statusCode, answer.headers.location.value]).toEqual([308, '/mcp']);
  expect(JSON.parse(answer.body.data).error.message).toContain('POST /mcp');
});

test.each(['/mcp%0A', '/mcp%0Ax', '/mcp\n', '/mcp/x', '/mcpx', '/sse/x', '/ssex'])(
  '%j is for the API to refuse',
  (uri) => {
    expect(answerTo('POST', undefined, uri)).toBe(`passed on to ${uri}`);
  },
);

const behaviorOf = (template: ReturnType<typeof synthesize>['template'], path: string) =>
  resource(template, 'AWS::CloudFront::Distribution').Properties.DistributionConfig.CacheBehaviors.find(
    ({ PathPattern }: { PathPattern: string }) => PathPattern === path,
  );

describe.each([
  ['without a name of its own', {}, 'Bearer scope="mcp"'],
  [
    'with a name of its own',
    { domainName: 'workflows.acme.example', certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/abc' },
    'Bearer resource_metadata="https://workflows.acme.example/.well-known/oauth-protected-resource/mcp", scope="mcp"',
  ],
])('a stack %s', (_what, settings, value) => {
  const { template } = synthesize(settings);

  test('runs that code in front of /mcp', () => {
    const challenge = resource(template, 'AWS::CloudFront::Function', /Challenge/);

    expect(challenge.Properties).toMatchObject({
      FunctionCode: code,
      FunctionConfig: { Runtime: 'cloudfront-js-2.0' },
    });
    for (const path of ['/mcp*', '/sse*'])
      expect(behaviorOf(template, path).FunctionAssociations).toEqual([
        { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': [challenge.logicalId, 'FunctionARN'] } },
      ]);
  });

  test('adds the header to the responses of the MCP server, of which API Gateway renames its own', () => {
    const policy = resource(template, 'AWS::CloudFront::ResponseHeadersPolicy', /ChallengeHeader/);

    expect(behaviorOf(template, '/mcp*').ResponseHeadersPolicyId).toEqual({ Ref: policy.logicalId });
    expect(policy.Properties.ResponseHeadersPolicyConfig.CustomHeadersConfig.Items).toEqual([
      { Header: 'WWW-Authenticate', Value: value, Override: false },
    ]);
  });
});
