import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFunctionLog, shareFunctionLog } from '../../local/function-log';

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

test('each of several threads writes to the file that another one has begun', () => {
  const file = join(folder, 'shared', 'functions.log');
  const shared = shareFunctionLog(file);
  const [one, other] = [openFunctionLog(file, shared), openFunctionLog(file, shared)];
  other.write(`${'x'.repeat(5 * 1_048_576 - 1)}\n`);
  one.write('second\n');

  other.write('third\n');

  expect(readFileSync(file, 'utf8')).toBe('second\nthird\n');
  expect(statSync(`${file}.1`).size).toBe(5 * 1_048_576);
  one.destroy();
  other.destroy();
});
