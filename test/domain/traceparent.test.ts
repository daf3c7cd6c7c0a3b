import { acceptTraceparent, newTraceparent, nextHop, traceIdOf } from '../../functions/domain/traceparent';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';
const given = `00-${traceId}-${spanId}-01`;

test.each([
  ['as in the specification', given, '01'],
  ['not sampled, which is the caller’s choice', `00-${traceId}-${spanId}-00`, '00'],
  ['flags of a later level', `00-${traceId}-${spanId}-03`, '01'],
  ['of a later version, which may have more fields', `cc-${traceId}-${spanId}-01-what-the-future-holds`, '01'],
])('a traceparent %s is continued with a new span id', (_case, traceparent, flags) => {
  const ours = acceptTraceparent({ traceparent, xRay: undefined }, 'request-1');

  expect(ours).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-${flags}$`));
  expect(ours).not.toContain(spanId);
});

test.each([
  ['none', undefined],
  ['empty', ''],
  ['too short', given.slice(1)],
  ['in upper case', given.toUpperCase()],
  ['longer than version 00 allows', `${given}-more`],
  ['of version ff', given.replace(/^00/, 'ff')],
  ['with a trace id of zeros', `00-${'0'.repeat(32)}-${spanId}-01`],
  ['with a span id of zeros', `00-${traceId}-${'0'.repeat(16)}-01`],
  ['sent twice', `${given},${given}`],
])('with a traceparent that is %s a new trace begins: X-Ray’s, or else a generated one', (_case, traceparent) => {
  const xRay = 'Root=1-67891233-ABCDEF012345678912345678;Parent=53995c3f42cd8ad8';
  const accept = (requestId: string) => acceptTraceparent({ traceparent, xRay: undefined }, requestId);

  expect(traceIdOf(acceptTraceparent({ traceparent, xRay }, 'request-1'))).toBe('67891233abcdef012345678912345678');
  expect(accept('request-1')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(traceIdOf(accept('request-1'))).not.toBe(traceIdOf(accept('request-2')));
  expect(accept('request-1')).not.toContain(traceId);
});

test('each hop of a trace has its own span id, and a repeated hop has the same one', () => {
  const hops = ['token-1', 'token-2', 'token-1'].map((hop) => nextHop(given, hop));

  expect(hops.map(traceIdOf)).toEqual([traceId, traceId, traceId]);
  expect(hops[0]).toBe(hops[2]);
  expect(new Set([given, ...hops]).size).toBe(3);
  expect(nextHop('what is no traceparent', 'token-1')).toBe(newTraceparent('token-1'));
});
