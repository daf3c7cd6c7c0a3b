import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { asLines, type Arrival } from '../../e2e/receivers/cases';
import { openStack } from '../../e2e/stack';
import { cargo, go, hasGo, hasPython, hasRust, python } from '../installed';
import { judgedTenant, type JudgedTenant } from '../judged-tenant';
import { runProgram } from '../run-program';
import { arrivalCount, deliverAll } from './deliver';
import { tamperedWith } from './tamper';

const folder = mkdtempSync(join(tmpdir(), 'verifiers-'));
const casesFile = join(folder, 'cases');
const program = (file: string) => join(__dirname, 'programs', file);
let tenant: JudgedTenant;
let arrivals: Arrival[];
let cases: Arrival[];

beforeAll(async () => {
  process.env['RETRY_SECONDS'] = '1,1';
  tenant = await judgedTenant(await openStack(), 'verifiers');
  arrivals = await deliverAll(tenant);
  cases = [...arrivals, ...arrivals.flatMap(tamperedWith)];
  writeFileSync(casesFile, asLines(cases));
}, 120_000);
afterAll(async () => {
  delete process.env['RETRY_SECONDS'];
  rmSync(folder, { recursive: true });
  await tenant.stack.stop();
});

/** Runs a program that prints true or false for each case. */
async function judgedBy(command: string, args: readonly string[], cwd = folder): Promise<string[]> {
  const { code, stdout, stderr } = await runProgram(command, [...args, casesFile], { cwd });
  if (code !== 0) throw new Error(`${command} exited with ${code}: ${stderr}`);
  return stdout.trimEnd().split('\n');
}

const expected = () => Object.fromEntries(cases.map(({ name, accepted }) => [name, String(accepted)]));
const byName = (judged: readonly string[]) => Object.fromEntries(cases.map(({ name }, index) => [name, judged[index]]));

test('all kinds of deliveries arrived, those of a rotation signed with two secrets', () => {
  const ids = arrivals.map(({ headers }) => headers['webhook-id']);
  const ofTwo = arrivals.filter(({ headers }) => String(headers['webhook-signature']).split(' ').length === 2);

  expect(arrivalCount).toBe(21);
  expect(arrivals).toHaveLength(arrivalCount + 2);
  expect(new Set(ids).size).toBe(17);
  expect(ofTwo).toHaveLength(4);
  expect(Math.max(...arrivals.map(({ body }) => body.length))).toBeGreaterThan(18_000);
});

test('the library for TypeScript accepts what is real and refuses the rest', () => {
  const judged = cases.map(({ secret, headers, body }) => {
    try {
      new Webhook(secret).verify(body, headers as Record<string, string>);
      return 'true';
    } catch {
      return 'false';
    }
  });

  expect(byName(judged)).toEqual(expected());
});

test('the library for Python accepts what is real and refuses the rest', async () => {
  if (!hasPython) return;

  expect(byName(await judgedBy(python, [program('verify.py')]))).toEqual(expected());
});

// Go and Rust compile the library first.
test('the library for Go accepts what is real and refuses the rest', async () => {
  if (!hasGo) return;

  expect(byName(await judgedBy('go', ['run', program('verify.go')], go))).toEqual(expected());
}, 300_000);

test('the library for Rust accepts what is real and refuses the rest', async () => {
  if (!hasRust) return;
  const args = ['run', '--quiet', '--offline', '--manifest-path', join(cargo, 'Cargo.toml'), '--'];

  expect(byName(await judgedBy('cargo', args))).toEqual(expected());
}, 300_000);
