import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { productVersion } from '../../functions/contract/version';
import { planSchema } from '../../functions/domain/tenant/plan';
import { operate, startLocalOperator, type LocalOperator } from './operator';

const run = promisify(execFile);

let operator: LocalOperator;
beforeAll(async () => (operator = await startLocalOperator()));
afterAll(() => operator.stop());

const commands = [
  ['tenants', 'list'],
  ['tenants', 'show'],
  ['tenants', 'create'],
  ['plans', 'set'],
  ['caps', 'set'],
  ['limits', 'list'],
  ['limits', 'set'],
  ['authoring'],
  ['members', 'list'],
  ['members', 'add'],
  ['members', 'remove'],
  ['members', 'permissions'],
  ['tokens', 'create'],
  ['tokens', 'list'],
  ['tokens', 'revoke'],
  ['apps', 'list'],
  ['apps', 'revoke'],
  ['workflows', 'put'],
  ['workflows', 'list'],
  ['workflows', 'show'],
  ['workflows', 'activate'],
  ['workflows', 'deactivate'],
  ['runs', 'list'],
  ['runs', 'show'],
  ['runs', 'tail'],
  ['audit'],
  ['workflows', 'export'],
  ['workflows', 'import'],
  ['endpoints', 'list'],
  ['endpoints', 'show'],
  ['deliveries', 'list'],
  ['deliveries', 'show'],
  ['dead-letters', 'list'],
  ['dead-letters', 'redrive'],
  ['reconcile'],
  ['restore-check'],
  ['access-policy'],
];

test('without a command, and with --help, all commands are listed with examples', async () => {
  const bare = await operate([]);

  expect(bare).toMatchObject({ code: 0, err: '' });
  for (const [command] of commands) expect(bare.out).toMatch(new RegExp(`^  ${command} `, 'm'));
  expect(bare.out).toMatch(/^Examples:$/m);
  expect(bare.out).toMatch(/^Exit codes: 0 done, 1 refused or failed, 2 wrong arguments\.$/m);
  expect(await operate(['--help'])).toEqual(bare);
  expect(await operate(['help'])).toEqual(bare);
});

test('--version names the release', async () => {
  expect(await operate(['--version'])).toEqual({ code: 0, out: `${productVersion}\n`, err: '' });
});

test.each(commands)(
  'the help of %s %s shows its usage, the options that select the deployment, and --json',
  async (...command) => {
    const { code, out, err } = await operate([...command, '--help']);

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(new RegExp(`^Usage: npm run operator -- ${command.join(' ')}`));
    for (const option of ['--local', '--stack', '--region', '--profile', '--json']) expect(out).toContain(option);
    expect(await operate(['help', ...command])).toEqual({ code, out, err });
  },
);

const plansThatAre = new RegExp(`Allowed choices are ${planSchema.options.join(', ')}\\.`);

test.each([
  [['tenant', 'list'], /unknown command 'tenant'\n\(Did you mean tenants\?\)/],
  [['tenants', 'remove'], /unknown command 'remove'/],
  [['tenants', 'show'], /missing required argument 'tenant'/],
  [['tenants', 'list', 'too', 'many'], /too many arguments/],
  [['tenants', 'list', '--jason'], /unknown option '--jason'/],
  [['tenants', 'create', 'Acme', '--name', 'x', '--plan', 'pro'], /Lower-case letters, digits and hyphens/],
  [['tenants', 'create', 'acme', '--plan', 'pro'], /required option '--name <name>'/],
  [['tenants', 'create', 'acme', '--name', 'x', '--plan', 'gold'], plansThatAre],
  [['plans', 'set', 'acme', 'gold'], plansThatAre],
  [['caps', 'set', 'acme', '-5'], /number of runs from 0/],
  [['caps', 'set', 'acme', 'lots'], /number of runs from 0 to 1000000000, "unlimited" or "plan"/],
  [['limits', 'set', 'acme', 'dreams', '5'], /Allowed choices are webhook_endpoints/],
  [['limits', 'set', 'acme', 'webhook_endpoints', 'lots'], /Must be a number from 0 to \d+, or "default"/],
  [['authoring', 'maybe', 'acme'], /Allowed choices are on, off/],
  [['dead-letters', 'redrive', '--limit', '1001'], /whole number from 1 to 1000/],
  [['restore-check'], /missing required argument 'restored-table'/],
])('wrong arguments do nothing, and stderr says what is wrong: %j', async (args, sentence) => {
  const { code, out, err } = await operate(args);

  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(sentence);
  expect(err).toMatch(/Add --help to see the usage\.\n$/);
});

test('a group without a command lists its commands', async () => {
  const { code, out, err } = await operate(['tenants']);

  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^Usage: npm run operator -- tenants \[options] \[command]/);
});

test('a program that starts the command line reads one JSON document and the exit code', async () => {
  const id = await operator.createTenant();
  const call = (...args: string[]) =>
    run(process.execPath, ['--require', 'tsx/cjs', 'bin/operator.ts', '--local', '--json', ...args], {
      cwd: join(__dirname, '../..'),
      env: { ...process.env, ...operator.env },
    });

  const shown = await call('tenants', 'show', id);
  const unknown = await call('tenants', 'show', 'nobody').catch((error: unknown) => error);

  expect(JSON.parse(shown.stdout)).toMatchObject({ id });
  expect(shown.stderr).toBe('');
  expect(unknown).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^{"code":"not_found",/) });
}, 20_000);
