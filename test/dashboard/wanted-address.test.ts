import { comeBackAfterSignOut, keepWantedAddress, wantedAddress } from '../../dashboard/src/session/wanted-address';

const stored = new Map<string, string>();

beforeAll(() => {
  Object.assign(globalThis, {
    sessionStorage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
      removeItem: (key: string) => stored.delete(key),
    },
  });
});
beforeEach(() => {
  stored.clear();
});

function open(address: string): void {
  const { pathname, search, hash } = new URL(address, 'https://workflows.example.com');
  Object.assign(globalThis, { location: { pathname, search, hash } });
}

test.each(['/workflows?x=1', '/connect?request=abc', '/workflow-runs/7#step-2', '/workflows?q=%C3%A4%20b', '/'])(
  '%s is what a person comes back to after signing in',
  (address) => {
    open(address);
    keepWantedAddress();
    open('/signed-in?code=c');

    expect(wantedAddress()).toBe(address);
  },
);

test('somebody who changes the account comes back to the same address, once', () => {
  open('/connect?request=abc');
  comeBackAfterSignOut();
  open('/');
  keepWantedAddress();
  expect(wantedAddress()).toBe('/connect?request=abc');

  open('/');
  keepWantedAddress();

  expect(wantedAddress()).toBe('/');
});

test('a page that is opened after an abandoned change of the account is the one that is wanted', () => {
  open('/connect?request=abc');
  comeBackAfterSignOut();

  open('/usage');
  keepWantedAddress();
  expect(wantedAddress()).toBe('/usage');
  open('/');
  keepWantedAddress();

  expect(wantedAddress()).toBe('/');
});

test.each([
  ['another host', '//evil.example.com/in'],
  ['another host, written with a backslash', '/\\evil.example.com'],
  ['another host behind a tab, which browsers skip', '/\t/evil.example.com'],
  ['another host behind a line break', '/\n/evil.example.com'],
  ['a whole address', 'https://evil.example.com/'],
  ['a script', 'javascript:alert(1)'],
  ['a relative path', 'workflows'],
  ['nothing', ''],
])('%s is never led to', (_what, address) => {
  open('/connect');
  keepWantedAddress();
  comeBackAfterSignOut();
  for (const key of stored.keys()) stored.set(key, address);

  expect(wantedAddress()).toBe('/');
  open('/');
  keepWantedAddress();
  expect(wantedAddress()).toBe('/');
});

test('an address that nobody wanted is the first page', () => {
  expect(wantedAddress()).toBe('/');
});
