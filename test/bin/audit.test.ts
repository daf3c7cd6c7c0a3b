import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'audit-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs .ci/audit with an npm that prints this and ends with this code. */
function audit(printed: string, code: number) {
  const npm = join(folder, 'npm');
  writeFileSync(npm, `#!/bin/sh\ncat <<'EOF'\n${printed}\nEOF\nexit ${code}\n`);
  chmodSync(npm, 0o755);
  const { status, stdout } = spawnSync(join(__dirname, '..', '..', '.ci', 'audit'), {
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH']}` },
    encoding: 'utf8',
  });
  return { status, stdout };
}

const found = (high: number, critical: number) =>
  JSON.stringify({ vulnerabilities: { qs: { severity: 'high' } }, metadata: { vulnerabilities: { high, critical } } });

test('the audit passes without a vulnerability of high severity', () => {
  expect(audit(found(0, 0), 0)).toEqual({
    status: 0,
    stdout: 'Audited: 0 vulnerabilities of high severity, 0 critical\n',
  });
});

test.each([
  ['high', 1, 0],
  ['critical', 0, 1],
])('the audit fails for a vulnerability that is %s, and names the package', (_what, high, critical) => {
  const { status, stdout } = audit(found(high, critical), 1);

  expect(status).toBe(1);
  expect(stdout).toContain('"qs"');
});

test.each([
  ['refuses', '{ "message": "405 Method Not Allowed", "error": {} }', '405 Method Not Allowed'],
  ['cannot be reached', '', 'nothing'],
])('a registry that %s makes the audit say so, and fails nothing', (_what, printed, reason) => {
  expect(audit(printed, 1)).toEqual({ status: 0, stdout: `Not audited: the registry answered ${reason}\n` });
});
