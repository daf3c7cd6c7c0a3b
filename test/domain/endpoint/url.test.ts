import { judgeEndpointUrl, requireEndpointUrl, urlRuleSentences } from '../../../functions/domain/endpoint/url';
import { ProductError } from '../../../functions/domain/errors';
import { allowedUrls, refusedUrls } from './url-cases';

const policy = { ownHosts: ['own.example.net', 'a1b2c3.execute-api.eu-west-1.amazonaws.com'] };

test.each(allowedUrls)('%s is an endpoint URL', (given, stored) => {
  const judged = judgeEndpointUrl(given, policy);

  const { hostname, pathname, search } = new URL(stored);
  const path = pathname + (stored.endsWith('?') ? '?' : search);
  expect(judged).toEqual({ allowed: { url: stored, hostname, port: 443, path, isLocalInbox: false } });
  // The stored URL is checked again at every attempt, so it must pass unchanged.
  expect(judgeEndpointUrl(stored, policy)).toEqual(judged);
});

test.each(refusedUrls)('%j is refused as %s', (given, rule) => {
  expect(judgeEndpointUrl(given, policy)).toEqual({ refusedBy: rule });
});

test('the tables have enough cases, and a case for every rule', () => {
  expect(allowedUrls.length).toBeGreaterThanOrEqual(50);
  expect(refusedUrls.length).toBeGreaterThanOrEqual(100);
  expect([...new Set(refusedUrls.map(([, rule]) => rule))].sort()).toEqual(Object.keys(urlRuleSentences).sort());
});

test('a refusal has the rule as the code of a fault at the URL', () => {
  const refuse = () => requireEndpointUrl('https://10.0.0.1/', policy, '#/url');

  expect(refuse).toThrow(ProductError);
  expect(refuse).toThrow(
    expect.objectContaining({
      code: 'endpoint_url_not_allowed',
      faults: [{ pointer: '#/url', code: 'ip_literal', detail: urlRuleSentences.ip_literal }],
    }),
  );
});

describe('the inbox of the local run', () => {
  const local = { ownHosts: ['127.0.0.1'], localInboxOrigin: 'http://127.0.0.1:3001' };

  test('is allowed by its exact origin, with any path', () => {
    expect(judgeEndpointUrl('http://127.0.0.1:3001/hooks/a?respond=500,200', local)).toEqual({
      allowed: {
        url: 'http://127.0.0.1:3001/hooks/a?respond=500,200',
        hostname: '127.0.0.1',
        port: 3001,
        path: '/hooks/a?respond=500,200',
        isLocalInbox: true,
      },
    });
  });

  test.each([
    ['http://127.0.0.1:3000/', 'scheme_not_https'],
    ['http://127.0.0.1/', 'scheme_not_https'],
    ['http://localhost:3001/', 'scheme_not_https'],
    ['https://127.0.0.1:3001/', 'port_not_443'],
    ['http://user@127.0.0.1:3001/', 'scheme_not_https'],
    ['http://127.0.0.1:3001\\@example.com/', 'forbidden_character'],
    ['http://10.0.0.1:3001/', 'scheme_not_https'],
  ])('allows no other URL: %s', (given, rule) => {
    expect(judgeEndpointUrl(given, local)).toEqual({ refusedBy: rule });
  });

  test('is refused without the setting', () => {
    expect(judgeEndpointUrl('http://127.0.0.1:3001/', policy)).toEqual({ refusedBy: 'scheme_not_https' });
  });
});
