import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampledFiles } from './files';

const tests = join(__dirname, '..');

test('every file that npm test runs with a sample is run with every case by test:long', () => {
  const found = readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && /\bsampled\(\{/.test(readFileSync(join(tests, file), 'utf8')))
    .map((file) => file.replaceAll('\\', '/').replace(/\.ts$/, ''));

  expect(found.sort()).toEqual(sampledFiles.toSorted());
});
