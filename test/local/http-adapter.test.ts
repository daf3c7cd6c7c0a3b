import { toAnswer } from '../../local/api/to-answer';
import { toEvent, type IncomingRequest } from '../../local/api/to-event';
import { routeFinder, type Route } from '../../local/api/routes';

const surroundings = { accountId: '000000000000', apiId: 'api', port: 3000, now: new Date('2020-03-12T19:03:58.000Z') };

function aRequest(overrides: Partial<IncomingRequest> = {}): IncomingRequest {
  return { method: 'GET', url: '/', httpVersion: '1.1', rawHeaders: ['Host', '127.0.0.1:3000'], ...overrides };
}

function eventOf(request: IncomingRequest, body = Buffer.alloc(0), pathParameters: Record<string, string> = {}) {
  const route = { key: '$default', invoke: () => Promise.reject(new Error('not called')), pathParameters };
  return toEvent(request, body, route, surroundings);
}

describe('a request as an event', () => {
  it('has the documented shape', () => {
    const request = aRequest({
      method: 'POST',
      url: '/my/path?parameter1=value1&parameter1=value2&parameter2=value',
      rawHeaders: [
        'Host',
        '127.0.0.1:3000',
        'Content-Type',
        'application/json',
        'User-Agent',
        'agent',
        'Header2',
        'value1',
        'header2',
        'value2',
        'Cookie',
        'cookie1=a; cookie2=b',
        'Connection',
        'keep-alive',
      ],
    });

    const event = eventOf(request, Buffer.from('{"a":1}'), { id: '7' });

    expect(event).toEqual({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/my/path',
      rawQueryString: 'parameter1=value1&parameter1=value2&parameter2=value',
      cookies: ['cookie1=a', 'cookie2=b'],
      headers: {
        host: '127.0.0.1:3000',
        'content-type': 'application/json',
        'content-length': '7',
        'user-agent': 'agent',
        header2: 'value1,value2',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-5e6a879e-[0-9a-f]{24}$/),
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': '3000',
        'x-forwarded-proto': 'http',
      },
      queryStringParameters: { parameter1: 'value1,value2', parameter2: 'value' },
      pathParameters: { id: '7' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'api',
        domainName: '127.0.0.1',
        domainPrefix: '127',
        http: { method: 'POST', path: '/my/path', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'agent' },
        requestId: expect.stringMatching(/^[\w+/]{15}=$/),
        routeKey: '$default',
        stage: '$default',
        time: '12/Mar/2020:19:03:58 +0000',
        timeEpoch: 1584039838000,
      },
      body: '{"a":1}',
      isBase64Encoded: false,
    });
  });

  it('omits the fields that the request does not have', () => {
    const event = eventOf(aRequest());

    expect(event).not.toHaveProperty('body');
    expect(event).not.toHaveProperty('cookies');
    expect(event).not.toHaveProperty('queryStringParameters');
    expect(event).not.toHaveProperty('pathParameters');
    expect(event.rawQueryString).toBe('');
  });

  it('has a decoded path and an unchanged query, like a deployed HTTP API', () => {
    const event = eventOf(aRequest({ url: '/a%2Fb%20c?q=%20x+y' }));

    expect(event.rawPath).toBe('/a/b c');
    expect(event.rawQueryString).toBe('q=%20x+y');
    expect(event).toHaveProperty('queryStringParameters', { q: ' x y' });
  });

  it('keeps a path that cannot be decoded, so that the API itself refuses it', () => {
    expect(eventOf(aRequest({ url: '/api/%ZZ' })).rawPath).toBe('/api/%ZZ');
  });

  it.each([
    ['JSON', 'application/json; charset=utf-8', false],
    ['text', 'text/plain', false],
    ['a form', 'application/x-www-form-urlencoded', true],
    ['bytes', 'application/octet-stream', true],
  ])('keeps every byte of %s', (_what, contentType, isBase64Encoded) => {
    const body = Buffer.from('a=b&ü');

    const event = eventOf(aRequest({ method: 'POST', rawHeaders: ['Content-Type', contentType] }), body);

    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(Buffer.from(event.body ?? '', isBase64Encoded ? 'base64' : 'utf8')).toEqual(body);
  });

  it('has JSON that is not UTF-8 in base64, so that the API can refuse it', () => {
    const body = Buffer.from([0x22, 0xff, 0x22]);

    const event = eventOf(aRequest({ method: 'POST', rawHeaders: ['Content-Type', 'application/json'] }), body);

    expect(event.isBase64Encoded).toBe(true);
    expect(Buffer.from(event.body ?? '', 'base64')).toEqual(body);
  });
});

describe('a response', () => {
  const answerTo = (payload: unknown) => toAnswer({ ok: true, payload });

  it('has the status, headers, cookies and body that the function returned', () => {
    const answer = answerTo({
      statusCode: 202,
      headers: { 'Retry-After': 1, 'Content-Type': 'a/b' },
      cookies: ['x=1', 'y=2'],
      body: 'é',
    });

    expect(answer.status).toBe(202);
    expect(answer.headers).toEqual({ 'retry-after': '1', 'content-type': 'a/b', 'set-cookie': ['x=1', 'y=2'] });
    expect(answer.body.toString()).toBe('é');
  });

  it('is decoded from base64 if the function says so', () => {
    expect(answerTo({ statusCode: 200, body: 'aGk=', isBase64Encoded: true }).body.toString()).toBe('hi');
  });

  it('is 200 with JSON if the function returns a plain value', () => {
    expect(answerTo({ hello: 'world' })).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/json' },
    });
    expect(answerTo({ hello: 'world' }).body.toString()).toBe('{"hello":"world"}');
  });

  it('renames WWW-Authenticate, as API Gateway does', () => {
    const { headers } = answerTo({ statusCode: 401, headers: { 'WWW-Authenticate': 'Bearer' } });

    expect(headers).toEqual({ 'x-amzn-remapped-www-authenticate': 'Bearer' });
  });

  it.each<[string, unknown]>([
    ['a body that is not text', { statusCode: 200, body: { a: 1 } }],
    ['an impossible status', { statusCode: 99 }],
    ['headers that are not text', { statusCode: 200, headers: { a: {} } }],
  ])('is the 500 of API Gateway itself for %s', (_what, payload) => {
    const answer = answerTo(payload);

    expect(answer.status).toBe(500);
    expect(answer.body.toString()).toBe('{"message":"Internal Server Error"}');
  });

  it('never contains the error of a function', () => {
    const answer = toAnswer({ ok: false, error: { errorType: 'TypeError', errorMessage: 'secret', trace: [] } });

    expect(answer.status).toBe(500);
    expect(answer.body.toString()).toBe('{"message":"Internal Server Error"}');
  });
});

describe('a route', () => {
  const find = routeFinder(
    ['$default', 'ANY /a/{proxy+}', 'GET /a/{id}', 'GET /a/fixed', 'ANY /a/{id}', 'POST /a/{id}/runs'].map(
      (key): Route => ({ key, invoke: () => Promise.reject(new Error('not called')) }),
    ),
  );

  it.each([
    ['GET', '/a/fixed', 'GET /a/fixed', {}],
    ['GET', '/a/7', 'GET /a/{id}', { id: '7' }],
    ['PUT', '/a/7', 'ANY /a/{id}', { id: '7' }],
    ['POST', '/a/7/runs', 'POST /a/{id}/runs', { id: '7' }],
    ['GET', '/a/7/runs', 'ANY /a/{proxy+}', { proxy: '7/runs' }],
    ['GET', '/a/7\n/runs', 'ANY /a/{proxy+}', { proxy: '7\n/runs' }],
    ['GET', '/a.fixed', '$default', {}],
    ['GET', '/', '$default', {}],
  ])('for %s %s is %s', (method, path, key, pathParameters) => {
    expect(find(method, path)).toMatchObject({ key, pathParameters });
  });

  it('is missing if no route matches and there is no default route', () => {
    expect(routeFinder([])('GET', '/')).toBeUndefined();
  });
});
