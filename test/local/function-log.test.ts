import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFunctionLog } from '../../local/function-log';

const folder = mkdtempSync(join(tmpdir(), 'local-log-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the output of functions is in the file at once, and takes at most two files of 5 MB', () => {
  const file = join(folder, 'logs', 'functions.log');
  const log = openFunctionLog(file);
  const line = `${'x'.repeat(1_048_575)}\n`;

  for (let count = 0; count < 12; count += 1) log.write(line);
  log.write('the last line\n');

  expect(readFileSync(file, 'utf8').endsWith('the last line\n')).toBe(true);
  expect(statSync(file).size).toBeLessThanOrEqual(5 * 1_048_576);
  expect(statSync(`${file}.1`).size).toBeLessThanOrEqual(5 * 1_048_576);
});
