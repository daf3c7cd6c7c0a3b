import fc from 'fast-check';
import { requestsPerAddress } from '../../../lib/firewall-stack';
import { resource, synthesizeFirewall } from '../synthesize';
import { groupOf, type SeenRequest } from './count-requests';

const { stack, template } = synthesizeFirewall();
const { Scope, DefaultAction, Rules: rules } = resource(template, 'AWS::WAFv2::WebACL').Properties;

const header = fc.constantFrom(
  'authorization',
  'cookie',
  'x-tenant-id',
  'user-agent',
  'x-forwarded-for',
  'content-type',
);
const value = fc.oneof(
  fc.string(),
  fc.constantFrom('', 'Bearer ', 'Bearer cwf_pat_0', 'Bearer a.b.c', 'Basic eA==', ' '),
);
const request = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'),
  uri: fc.oneof(fc.webPath(), fc.constantFrom('/', '/mcp', '/api/v1/reference', '/api/v1/me', '/assets/index.js')),
  headers: fc.dictionary(header, value, { maxKeys: 6 }),
});

test('the firewall is in us-east-1, lets other requests pass, and answers 429 as API Gateway does', () => {
  expect([stack.region, Scope, DefaultAction]).toEqual(['us-east-1', 'CLOUDFRONT', { Allow: {} }]);
  for (const { Action } of rules) expect(Action.Block.CustomResponse.ResponseCode).toBe(429);
  expect(Object.keys(template.findOutputs('*'))).toEqual(['WebAclArn']);
});

test('the firewall counts every request of an address together, whatever the request says', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.array(request, { minLength: 1, maxLength: 20 }), (address, requests) => {
      const counts = rules.map((rule: any) =>
        largestGroup(
          rule,
          requests.map((one) => ({ ...one, address })),
        ),
      );
      expect(Math.max(...counts)).toBe(requests.length);
    }),
  );
});

test('the firewall never counts two addresses together, so that nobody is refused for somebody else', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.ipV4(), { minLength: 2, maxLength: 10 }), request, (addresses, one) => {
      for (const rule of rules)
        expect(
          largestGroup(
            rule,
            addresses.map((address) => ({ ...one, address })),
          ),
        ).toBeLessThanOrEqual(1);
    }),
  );
});

test('the firewall refuses an address above 20 requests a second on average', () => {
  expect(
    rules.map(({ Statement: { RateBasedStatement: rate } }: any) => [rate.Limit, rate.EvaluationWindowSec]),
  ).toEqual([[requestsPerAddress, 300]]);
  expect(requestsPerAddress).toBe(20 * 300);
});

test('a rule for each value of the Authorization header would not pass, because the caller chooses it', () => {
  const byHeader = { Statement: { RateBasedStatement: { AggregateKeyType: 'CUSTOM_KEYS', CustomKeys: [{ Header: { Name: 'authorization' } }] } } }; // prettier-ignore
  const guesses = ['a', 'b', 'c'].map((token) => ({
    address: '192.0.2.1',
    method: 'GET',
    uri: '/api/v1/me',
    headers: { authorization: `Bearer ${token}` },
  }));

  expect(largestGroup(byHeader, guesses)).toBe(1);
  expect(largestGroup(byHeader, [{ ...guesses[0]!, headers: {} }])).toBe(0);
});

/** The highest count that the rule reaches over these requests. */
function largestGroup(rule: unknown, requests: readonly SeenRequest[]): number {
  const counts = new Map<string, number>();
  for (const one of requests) {
    const group = groupOf(rule, one);
    if (group !== undefined) counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}
