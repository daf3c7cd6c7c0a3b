import { readSettings } from '../../lib/settings';

const read = (context: Record<string, unknown>) => readSettings((key) => context[key]);

test('without context the stack is a development stage', () => {
  expect(read({})).toEqual({
    stage: 'dev',
    supportEmail: 'support@example.com',
    runEngine: 'auto',
    ownHosts: [],
    dashboardOrigins: [],
    oidcIssuer: undefined,
    oidcClientId: undefined,
    oidcScope: 'openid email',
    oidcOrigins: [],
  });
});

test('own hosts are listed with commas', () => {
  expect(read({ ownHosts: 'a.example.com,b.example.com' }).ownHosts).toEqual(['a.example.com', 'b.example.com']);
});

test.each([
  ['stage', 'prod', 'Context setting stage is "prod". Allowed: Write "production".'],
  [
    'stage',
    'Dev',
    'Context setting stage is "Dev". Allowed: Lower-case letters, digits and hyphens, at most 20, a letter first.',
  ],
  ['supportEmail', 'support', 'Context setting supportEmail is "support". Allowed: An e-mail address.'],
  ['runEngine', 'express', 'Context setting runEngine is "express". Allowed: "auto" or "standard".'],
  [
    'ownHosts',
    'https://a.example.com',
    'Context setting ownHosts is "https://a.example.com". Allowed: Host names in lower case, separated by commas, without scheme or port.',
  ],
  [
    'oidcIssuer',
    'http://id.example.com',
    'Context setting oidcIssuer is "http://id.example.com". Allowed: An https address',
  ],
  ['oidcClientId', 'two words', 'Context setting oidcClientId is "two words". Allowed: The client id'],
  ['oidcScope', 'email', 'Context setting oidcScope is "email". Allowed: "openid" and other scopes'],
  ['oidcOrigins', 'https://id.example.com/', 'Allowed: Origins such as https://workflows.example.com'],
  ['dashboardOrigins', 'workflows.example.com', 'Allowed: Origins such as https://workflows.example.com'],
])('a wrong %s, %s, is named with what is allowed', (key, value, message) => {
  expect(() => read({ [key]: value })).toThrow(message);
});

test('all wrong settings are named at once', () => {
  expect(() => read({ stage: 'X', runEngine: 'x' })).toThrow(/stage[^]*runEngine/);
});

test('origins are listed with commas', () => {
  expect(read({ dashboardOrigins: 'https://a.example.com,http://localhost:5173' }).dashboardOrigins).toEqual([
    'https://a.example.com',
    'http://localhost:5173',
  ]);
});

test.each(['oidcIssuer', 'oidcClientId'])('%s alone is half an issuer', (key) => {
  expect(() => read({ [key]: 'https://id.example.com' })).toThrow('oidcIssuer and oidcClientId go together');
});
