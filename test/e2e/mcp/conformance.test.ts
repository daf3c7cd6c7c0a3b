import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { localTest, openStack, type Stack } from '../stack';
import { addToken, type TokenProxy } from './conformance/add-token';
import { outcomeOf, startSuite } from './conformance/suite';
import { hasClients } from './installed';

jest.setTimeout(60_000);

const projectFolder = resolve(__dirname, '..', '..', '..');
const expectedFailures = join(__dirname, 'conformance', 'expected-failures.yml');
const entries = readFileSync(expectedFailures, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('  - '))
  .map((line) => /^ {2}- (?<entry>[\w:-]+)(?: # .*\bfixture \w+ (?<fixture>\S+))?$/.exec(line)?.groups ?? { line });

let stack: Stack;
let proxy: TokenProxy;

beforeAll(async () => {
  stack = await openStack();
  proxy = await addToken(stack.connection.mcp_url, stack.connection.tenants['custom']!.mcp_token);
});
afterAll(async () => {
  await proxy.stop();
  await stack.stop();
});

// Not against a deployed stack: the distribution takes the suite's foreign host names for other sites.
localTest.each(['2026-07-28', '2025-11-25'])('the server meets all requirements of revision %s', async (revision) => {
  if (!hasClients) return;

  const { code, output } = await conformance('server', '--url', proxy.url, '--requirements', revision);

  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
  expect(output).toMatch(/✓ tools-list: \d+ passed, 0 failed/);
  expect(output).toMatch(/✓ dns-rebinding-protection: \d+ passed, 0 failed/);
  expect(output).toMatch(
    revision === '2026-07-28' ? /✓ caching: \d+ passed, 0 failed/ : /✓ ping: \d+ passed, 0 failed/,
  );
});

localTest('a failure is expected only in checks that call a fixture of the suite by name', () => {
  if (!hasClients) return;

  const withoutFixture = entries.filter(({ fixture }) => fixture === undefined).map(({ entry }) => entry);

  for (const { entry, fixture } of entries) {
    expect(['server-stateless', 'tools-list', 'caching', 'dns-rebinding-protection']).not.toContain(entry);
    if (fixture === undefined) continue;
    expect(proxy.asked).toContain(fixture);
    expect(fixture).toMatch(/^test(_|:\/\/)/);
  }
  // This one is not a failure but a warning that there is no session.
  expect(withoutFixture).toEqual(['server-sse-multiple-streams:server-sse-multiple-streams-session']);
});

function conformance(...args: string[]) {
  return outcomeOf(startSuite(stack.dataFolder || projectFolder, ...args, '--expected-failures', expectedFailures));
}
