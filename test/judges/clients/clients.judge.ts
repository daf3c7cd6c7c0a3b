import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openStack, type Stack } from '../../e2e/stack';
import { nodeModules } from '../installed';
import { judgedTenant } from '../judged-tenant';
import { runProgram } from '../run-program';
import { writeServedDescription } from '../served-description';
import { generators } from './generators';

jest.setTimeout(120_000);

let stack: Stack;
const folder = mkdtempSync(join(tmpdir(), 'clients-'));
beforeAll(async () => {
  stack = await openStack();
}, 90_000);
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await stack.stop();
});

async function folderFor(name: string): Promise<string> {
  const made = join(folder, name.replace(/\W+/g, '-'));
  mkdirSync(made);
  symlinkSync(nodeModules, join(made, 'node_modules'));
  writeFileSync(join(made, 'package.json'), '{ "type": "module" }');
  await writeServedDescription(stack, made);
  return made;
}

/** A tenant with the workflow that the job starts, and with three runs a day, so that the fourth is refused. */
async function tenantFor(job: string): Promise<string> {
  const id = job.toLowerCase().replace(/\W|_/g, '-');
  const { token } = await judgedTenant(stack, id, ['--plan', 'pro', '--cap', '3']);
  const recipe = { steps: [{ type: 'log', message: '{{input.campaign}}' }] };
  await stack.call('POST', '/api/v1/workflows', { token, body: { name: 'Spring Promo', recipe } });
  return token;
}

test.each(generators)(
  'a client made by $name lists, triggers once, waits, pages, and reads refusals',
  async ({ name, isInstalled, generate, job, compile, run, files = [] }) => {
    if (!isInstalled) return;
    const cwd = await folderFor(name);
    for (const file of [join(__dirname, 'programs', job), ...files]) copyFileSync(file, join(cwd, basename(file)));
    const env = { API_URL: stack.connection.api_url, API_TOKEN: await tenantFor(job) };

    for (const [program, ...args] of [generate, compile]) {
      const { code, stdout, stderr } = await runProgram(program, args, { cwd });
      expect([program, code, code === 0 ? '' : stdout + stderr]).toEqual([program, 0, '']);
    }
    const [program, ...args] = run;
    const { stdout, stderr } = await runProgram(program, args, { cwd, env });

    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      workflows: ['Spring Promo'],
      run: ['succeeded', ['succeeded']],
      repeated: true,
      paged: 3,
      problems: [
        [404, 'not_found', null],
        [422, 'invalid_request', 'limit'],
        [429, 'daily_cap_reached', null],
      ],
    });
  },
);
