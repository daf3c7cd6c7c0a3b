import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { BuildState } from '../../local/dashboard/build-dashboard';
import { dashboardPages, type FindPage } from '../../local/dashboard/serve-dashboard';
import { pathPattern } from '../../local/distribution/path-pattern';
import { readDistribution } from '../../local/distribution/read-distribution';
import { homePage } from '../../local/pages/home-page';
import { readClient } from '../../local/sign-in/read-client';
import { resolveStack } from '../../local/template/stack';
import { templateSchema } from '../../local/template/template';
import { resource, synthesize } from '../lib/synthesize';
import { dashboardCacheControl } from '../../functions/contract/dashboard';
import { documentCacheControl, documents, documentSecurityPolicy } from '../../functions/contract/documents';

const { template } = synthesize();
const apiOrigin = 'http://127.0.0.1:3000';
const stack = resolveStack(templateSchema.parse(template.toJSON()), {
  region: 'us-east-1',
  accountId: '000000000000',
  stackName: 'CoffieldWorkflows-dev',
  apiOrigin,
  issuerOrigin: 'http://127.0.0.1:3002',
  queueOrigin: 'http://127.0.0.1:4000',
});

const description = 'every route, '.repeat(1_000);
let projectFolder: string;
let state: BuildState = { is: 'built' };
let pages: FindPage;
const find = (method: string, path: string, headers: Record<string, string> = {}) => pages(method, path, headers);

beforeAll(() => {
  projectFolder = mkdtempSync(join(tmpdir(), 'dashboard-'));
  const dist = join(projectFolder, 'dashboard', 'dist');
  mkdirSync(join(dist, 'assets'), { recursive: true });
  writeFileSync(join(dist, 'index.html'), 'the page');
  writeFileSync(join(dist, 'icon.svg'), '<svg/>');
  writeFileSync(join(dist, 'assets', 'index-abc.js'), 'script');
  writeFileSync(join(projectFolder, 'secret.txt'), 'not for anybody');
  for (const { id, path } of documents) {
    mkdirSync(dirname(join(projectFolder, '.build', 'documents', id, path)), { recursive: true });
    writeFileSync(join(projectFolder, '.build', 'documents', id, path), description);
  }
  pages = dashboardPages({
    projectFolder,
    distribution: readDistribution(stack),
    config: {
      issuer: 'http://127.0.0.1:3002',
      client_id: 'dashboard',
      scope: 'openid email',
      support_email: 'support@example.com',
    },
    state: () => state,
    pageWithout: (without) =>
      homePage({ inboxUrl: 'http://127.0.0.1:3001', connectionFile: 'connection.json' }, without),
  });
});
afterAll(() => rmSync(projectFolder, { recursive: true }));
afterEach(() => (state = { is: 'built' }));

test.each(['/', '/workflows', '/workflow-runs/7', '/t/pro/workflow-runs/7', '/signed-in'])(
  '%s is the page, which browsers do not cache',
  (path) => {
    const answer = find('GET', path);

    expect(answer?.body.toString()).toBe('the page');
    expect(answer?.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': dashboardCacheControl.documents,
    });
  },
);

test('browsers cache assets for ever and other files not at all', () => {
  expect(find('GET', '/assets/index-abc.js')?.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': dashboardCacheControl.assets,
  });
  expect(find('GET', '/icon.svg')?.headers).toMatchObject({
    'content-type': 'image/svg+xml',
    'cache-control': dashboardCacheControl.documents,
  });
});

test.each(['/assets/missing.js', '/missing.txt', '/../../secret.txt', '/assets/../../../secret.txt', '/assets/a\0.js'])(
  '%s is not found',
  (path) => {
    const answer = find('GET', path);

    expect(answer?.status).toBe(404);
    expect(answer?.body.toString()).toBe('Not found\n');
  },
);

test.each([
  '/api/v1/workflows',
  '/api/nothing',
  '/mcp',
  '/mcp/',
  '/sse',
  '/.well-known/oauth-protected-resource',
  // Paths with a line break, as they are decoded and as they are sent.
  '/api/v1/x\n',
  '/api\r\n',
  '/mcp\nx',
  '/api%0d%0a',
  '/mcp%0Ax',
])('%j is forwarded to the API', (path) => {
  expect(find('GET', path)).toBeUndefined();
  expect(find('POST', path)).toBeUndefined();
});

describe.each(documents)('$path', ({ path, contentType }) => {
  test('is a file with the headers of the deployed stack, whether the dashboard is built or not', () => {
    state = { is: 'missing' };

    const answer = find('GET', path);

    expect(answer?.body.toString()).toBe(description);
    expect(answer?.headers).toMatchObject({
      'content-type': contentType,
      'cache-control': documentCacheControl,
      'content-security-policy': documentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  });

  test.each([
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
  ])('is compressed for a client that accepts %s', (accepted, encoding, decompress) => {
    const answer = find('GET', path, { 'accept-encoding': accepted });

    expect(answer?.headers).toMatchObject({ 'content-encoding': encoding, vary: 'Accept-Encoding' });
    expect(answer!.body.byteLength).toBeLessThan(description.length / 10);
    expect(decompress(answer!.body).toString()).toBe(description);
  });

  test.each(['identity', 'br;q=0', ''])('is not compressed for a client that accepts "%s"', (accepted) => {
    const answer = find('GET', path, { 'accept-encoding': accepted });

    expect(answer?.headers).not.toHaveProperty('content-encoding');
    expect(answer?.body.toString()).toBe(description);
  });

  test('is not sent again to a client that has it', () => {
    const { etag } = find('GET', path, { 'accept-encoding': 'br' })!.headers;

    const again = find('GET', path, { 'accept-encoding': 'br', 'if-none-match': `"other", ${String(etag)}` });
    const changed = find('GET', path, { 'if-none-match': '"other"' });

    expect([again?.status, again?.body.byteLength, again?.headers['etag']]).toEqual([304, 0, etag]);
    expect(again?.headers['cache-control']).toBe(documentCacheControl);
    expect(changed?.status).toBe(200);
  });

  test('takes no other method, as CloudFront refuses it', () => {
    expect(find('POST', path)?.status).toBe(403);
    expect(find('DELETE', path)?.status).toBe(403);
  });
});

test('every response has the security headers of the deployed stack, with the local issuer', () => {
  const { SecurityHeadersConfig: security } = resource(
    template,
    'AWS::CloudFront::ResponseHeadersPolicy',
    /DashboardHeaders/,
  ).Properties.ResponseHeadersPolicyConfig;
  const deployed: string = stackText(security.ContentSecurityPolicy.ContentSecurityPolicy);

  for (const path of ['/', '/assets/index-abc.js', '/config.json', '/missing.txt']) {
    expect(find('GET', path)?.headers).toMatchObject({
      'content-security-policy': deployed.replace(/connect-src [^;]*/, "connect-src 'self' http://127.0.0.1:3002"),
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    });
  }
});

test.each(['/connect', '/signed-in'])('%s stays in reach of the app that opened a window with it', (path) => {
  const { headers } = find('GET', path)!;

  expect(headers).not.toHaveProperty('cross-origin-opener-policy');
  expect(headers).toMatchObject({ 'x-frame-options': 'DENY', 'content-security-policy': expect.any(String) });
});

test('the configuration is served even before the dashboard is built', () => {
  state = { is: 'building' };

  expect(JSON.parse(find('GET', '/config.json')!.body.toString())).toEqual({
    issuer: 'http://127.0.0.1:3002',
    client_id: 'dashboard',
    scope: 'openid email',
    support_email: 'support@example.com',
  });
});

test('while the dashboard is built, a page is served that reloads itself', () => {
  state = { is: 'building' };

  const text = find('GET', '/workflows')!.body.toString();

  expect(text).toContain('The dashboard is being built');
  expect(text).toContain('location.reload()');
});

test('the error of a failed build is shown, and the page no longer reloads itself', () => {
  state = { is: 'failed', output: 'Cannot find <module>' };

  const text = find('GET', '/')!.body.toString();

  expect(text).toContain('Cannot find &lt;module&gt;');
  expect(text).not.toContain('location.reload()');
});

test('the user pool client redirects back to this machine, under each of its host names', () => {
  const client = readClient(stack, apiOrigin);

  expect(client.id).toBe(resource(template, 'AWS::Cognito::UserPoolClient').logicalId.toLowerCase());
  expect(client.scope).toBe('openid email');
  expect(client.redirectUris).toEqual(
    ['127.0.0.1:3000', 'localhost:3000', 'localhost:5173', '127.0.0.1:5173'].map((host) => `http://${host}/signed-in`),
  );
  expect(client.logoutUris).toContain('http://127.0.0.1:3000/');
});

/** The text of a Fn::Join, with references in angle brackets. */
function stackText(join_: { 'Fn::Join': [string, (string | { Ref: string })[]] }): string {
  return join_['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : `<${part.Ref}>`)).join('');
}

test.each([
  ['/api/*', '/api/v1/me', true],
  ['/api/*', '/api/v1/webhook-endpoints/a\nb', true],
  ['/api/*', '/apis', false],
  ['/a?', '/a\n', true],
  ['/a?', '/a', false],
  ['/a.b', '/axb', false],
])('the path pattern %s of a cache behavior, asked for %j: %s', (pattern, path, matches) => {
  expect(pathPattern(pattern).test(path)).toBe(matches);
});
