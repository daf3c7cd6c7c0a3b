import { customHeadersSchema, lowerCaseNames } from '../../../functions/domain/endpoint/custom-headers';
import { faultsFrom } from '../../../functions/domain/faults';

function codesOf(headers: unknown): string[] {
  const parsed = customHeadersSchema.safeParse(headers, { reportInput: true });
  return parsed.success ? [] : faultsFrom(parsed.error.issues).map(({ pointer, code }) => `${pointer} ${code}`);
}

test('an endpoint accepts ten custom headers and stores their names in lower case', () => {
  const headers = {
    Authorization: 'Bearer abc',
    'X-Api-Key': 'k v',
    Cookie: 'a=b',
    ...Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`X-${'abcdefg'.charAt(index)}`, '1'])),
  };

  expect(codesOf(headers)).toEqual([]);
  expect(Object.keys(lowerCaseNames(headers)).slice(0, 2)).toEqual(['authorization', 'x-api-key']);
});

test.each([
  'host',
  'Content-Type',
  'content-length',
  'CONNECTION',
  'transfer-encoding',
  'User-Agent',
  'accept-encoding',
  'webhook-id',
  'Webhook-Signature',
  'webhook-anything',
  'workflow-run-id',
  'x-forwarded-for',
  'proxy-authorization',
  'expect',
  'upgrade',
  'te',
  'Constructor',
  // Many servers hand `_` and `-` to programs as the same letter.
  'Transfer_Encoding',
  'content_length',
  'webhook_signature',
  'X_Forwarded_For',
  // Set by proxies to say who calls, and read by receivers to decide whom to trust.
  'X-Real-IP',
  'x_real_ip',
  'CF-Connecting-IP',
  'True-Client-IP',
  'X-Client-IP',
  'X-Forwarded',
  // Change the method or the path that a receiver takes a request for.
  'X-HTTP-Method-Override',
  'X-Method-Override',
  'X-Original-URL',
  'X-Rewrite-URL',
])('%s is reserved', (name) => {
  expect(codesOf({ [name]: 'x' })).toEqual([`#/${name} reserved_header`]);
});

test.each([
  ['x-a\r\nhost', 'v', 'invalid_header'],
  ['x a', 'v', 'invalid_header'],
  ['', 'v', 'invalid_header'],
  ['x:y', 'v', 'invalid_header'],
  ['ümlaut', 'v', 'invalid_header'],
  ['x'.repeat(65), 'v', 'invalid_header'],
  ['x-a', '', 'invalid_header'],
  ['x-a', 'a\r\nwebhook-id: forged', 'invalid_header'],
  ['x-a', 'a\u0000', 'invalid_header'],
  ['x-a', 'café', 'invalid_header'],
  ['x-a', ' padded ', 'invalid_header'],
  ['x-a', 'v'.repeat(4097), 'invalid_header'],
])('%j: %j cannot be sent', (name, value, code) => {
  expect(codesOf({ [name]: value }).map((fault) => fault.split(' ').at(-1))).toEqual([code]);
});

test('names that differ in case only, an eleventh header and a value that is no string are refused', () => {
  expect(codesOf({ 'X-A': '1', 'x-a': '2' })).toEqual(['#/x-a duplicate_header']);
  expect(
    codesOf(Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`x-${'abcdefghijk'.charAt(index)}`, '1']))),
  ).toEqual(['# too_many_headers']);
  expect(codesOf({ 'x-a': 1 })).toEqual(['#/x-a invalid_type']);
});

test('names that differ in - and _ only are one name', () => {
  expect(codesOf({ 'x-api-key': '1', X_Api_Key: '2' })).toEqual(['#/X_Api_Key duplicate_header']);
});

test('a bearer token in JWT form and the two headers of a Cloudflare Access token are accepted', () => {
  expect(codesOf({ authorization: `Bearer ${'j'.repeat(2_000)}` })).toEqual([]);
  expect(codesOf({ 'CF-Access-Client-Id': 'id.access', 'CF-Access-Client-Secret': 'secret' })).toEqual([]);
});

test('all headers together have a limit, because each event reads those of every endpoint', () => {
  const long = { 'x-a': 'v'.repeat(4_080), 'x-b': 'v'.repeat(4_080) };

  expect(codesOf(long)).toEqual([]);
  expect(codesOf({ ...long, 'x-c': 'v'.repeat(30) })).toEqual(['# headers_too_long']);
});

test('too many headers are counted before any of them is judged', () => {
  const many = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`host ${index}`, index]));

  expect(codesOf(many)).toEqual(['# too_many_headers']);
});
