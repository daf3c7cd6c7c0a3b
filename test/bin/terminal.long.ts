import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

jest.setTimeout(120_000);

const root = resolve(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'terminal-'));
afterAll(() => rmSync(folder, { recursive: true }));

/**
 * What a command prints to the terminal beside its result, as a user runs it: without the variables that jest sets, and
 * with an AWS that does not answer.
 */
function stderrOf(command: string, ...args: readonly string[]): Promise<string> {
  const { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: _, ...env } = process.env;
  const unreachable = {
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'none',
    AWS_SECRET_ACCESS_KEY: 'none',
    AWS_MAX_ATTEMPTS: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
    // Where the CDK keeps what AWS answered earlier.
    CDK_HOME: folder,
  };
  return new Promise((done) => {
    execFile(command, args, { cwd: root, env: { ...env, ...unreachable } }, (_error, _out, stderr) => done(stderr));
  });
}

test.each([
  ['the help of the operator', 'npm', 'run', 'operator', '--', '--help'],
  ['the version of the CDK', 'npm', 'run', 'cdk', '--', '--version'],
  // The firewall's, because the other one rewrites bundles that tests beside this one load.
  ['a template', 'npm', 'run', 'synth', '--', '-c', 'part=firewall', '--output', folder],
])('%s comes without a word about Node, packages or the like', async (_what, command, ...args) => {
  expect(await stderrOf(command, ...args)).toBe('');
});

test('a command of the operator that cannot reach AWS says only that', async () => {
  expect(await stderrOf('npm', 'run', 'operator', '--', '--stack', 'none', 'tenants', 'list')).toBe(
    'AWS does not answer. Check the network and the Region, and try again.\n',
  );
});

test('a deployment that cannot reach AWS says only what it assumes and what it could not do', async () => {
  // Without npm, which would build the dashboard first.
  expect(await stderrOf(process.execPath, '--require', 'tsx/cjs', 'bin/deploy.ts', '--help')).toMatch(
    /^Warning: CloudFormation did not say whether .*\nWarning: Lambda did not say how many concurrent executions .*\nWarning: Versions of earlier releases were not removed .*\n$/,
  );
});

test('the commands of the CDK show nothing of the SDK inside it', async () => {
  const bootstrap = ['bootstrap', 'aws://000000000000/us-east-1', '--app', ''];

  const printed = await stderrOf(process.execPath, '--require', 'tsx/cjs', 'bin/cdk.ts', ...bootstrap);

  expect(printed).toMatch(/bootstrapping/i);
  expect(printed).not.toMatch(/\(node:\d+\)|NodeVersionSupportWarning|NOTICES|deprecat/i);
});
