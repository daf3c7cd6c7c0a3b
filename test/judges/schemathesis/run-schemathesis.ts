import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { JudgedTenant } from '../judged-tenant';
import { python } from '../installed';

/** What a run may take on a machine that others use too. */
const timeoutMs = 600_000;
/** Cases of each operation in the phase of fuzzing, and call sequences in the one of states. */
const maxExamples = 40;

/**
 * Lets Schemathesis judge the API by the description that it serves, in all phases and with all checks, and writes what
 * it did into `report`.
 */
export async function runSchemathesis({ stack, id, idToken }: JudgedTenant, seed: number, report: string) {
  const settings = {
    '--config-file': join(__dirname, 'schemathesis.toml'),
    run: `${stack.connection.api_url}/api/v1/openapi.json`,
    '--seed': String(seed),
    '--max-examples': String(maxExamples),
    '--report-ndjson-path': report,
  };
  const headers = [`Authorization: Bearer ${idToken}`, `X-Tenant-Id: ${id}`];
  const args = [...Object.entries(settings).flat(), ...headers.flatMap((header) => ['--header', header])];
  const child = spawn(python, ['-m', 'schemathesis.cli', ...args], {
    // It leaves a folder of its own where it runs.
    cwd: dirname(report),
    env: { PATH: process.env['PATH'], PYTHONPATH: __dirname, SCHEMATHESIS_HOOKS: 'hooks' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
  });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, output: out + err };
}
