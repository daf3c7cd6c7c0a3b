import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { resource, synthesize } from '../synthesize';

const code = readFileSync(join(__dirname, '..', '..', '..', 'lib', 'dashboard', 'viewer-request.js'), 'utf8');
const handler = runInNewContext(`${code}\nhandler;`) as (event: unknown) => { uri: string };

const uriAfter = (uri: string) => handler({ version: '1.0', request: { method: 'GET', uri, querystring: {} } }).uri;

test.each([
  ['/'],
  ['/workflows'],
  ['/workflows/12'],
  ['/workflow-runs/7'],
  ['/t/acme/workflow-runs/7'],
  ['/webhook-deliveries/dlv_01M82J4B02Y8N6CFFBD1YWYAVE_3'],
  ['/signed-in'],
  ['/settings/usage/'],
  ['/nowhere'],
  ['/a.folder/page'],
])('%s is answered with the page of the dashboard', (uri) => {
  expect(uriAfter(uri)).toBe('/index.html');
});

test.each([
  ['/index.html'],
  ['/config.json'],
  ['/icon.svg'],
  ['/assets/index-dRM9U7d0.js'],
  ['/assets/missing.js'],
  ['/robots.txt'],
  ['/.hidden'],
  ['/workflows/12.json'],
  ['/workflows/..%2f'],
])('%s is treated as a file, whether it exists or not', (uri) => {
  expect(uriAfter(uri)).toBe(uri);
});

test('only the URI of the request is changed', () => {
  const request = {
    method: 'GET',
    uri: '/workflows',
    querystring: { status: { value: 'failed' } },
    headers: {},
    cookies: {},
  };

  expect(handler({ version: '1.0', request })).toEqual({ ...request, uri: '/index.html' });
});

test('the tested code is the deployed code, and within the size limit of CloudFront', () => {
  const { Properties } = resource(synthesize().template, 'AWS::CloudFront::Function', /ViewerRequest/);

  expect(Properties).toMatchObject({ FunctionCode: code, FunctionConfig: { Runtime: 'cloudfront-js-2.0' } });
  // docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
  expect(Buffer.byteLength(code)).toBeLessThan(10_240);
});
