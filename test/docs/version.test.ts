import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { productVersion } from '../../functions/contract/version';

const read = (file: string) => readFileSync(join(__dirname, '../..', file), 'utf8');

test('package.json, its lock file and the code name the same version', () => {
  const { version } = JSON.parse(read('package.json'));
  const lock = JSON.parse(read('package-lock.json'));

  expect([productVersion, lock.version, lock.packages[''].version]).toEqual([version, version, version]);
});

test('the newest release of the changelog is this version', () => {
  const releases = [...read('CHANGELOG.md').matchAll(/^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d{2}-\d{2}$/gm)];

  expect(releases.map(([, release]) => release)[0]).toBe(productVersion);
});
