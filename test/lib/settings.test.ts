import { readSettings } from '../../lib/settings';

const read = (context: Record<string, unknown>) => readSettings((key) => context[key]);

test('without context the stack is a development stage', () => {
  expect(read({})).toEqual({ stage: 'dev', supportEmail: 'support@example.com', runEngine: 'auto', ownHosts: [] });
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
])('a wrong %s, %s, is named with what is allowed', (key, value, message) => {
  expect(() => read({ [key]: value })).toThrow(message);
});

test('all wrong settings are named at once', () => {
  expect(() => read({ stage: 'X', runEngine: 'x' })).toThrow(/stage[^]*runEngine/);
});
