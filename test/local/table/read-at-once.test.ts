import { Level } from 'level';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAtOnce } from '../../../local/table/read-at-once';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-reads-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

readAtOnce();

test('a read returns what was written, and nothing for what was not', async () => {
  const files = new Level(folder);
  await files.put('run', 'accepted');

  expect([await files.get('run'), await files.get('other')]).toEqual(['accepted', undefined]);
  await files.close();
});

test('a read that comes before the files are open waits for them', async () => {
  const before = new Level(folder);
  await before.put('run', 'accepted');
  await before.close();

  const files = new Level(folder);
  const read = files.get('run');

  expect(files.status).toBe('opening');
  expect(await read).toBe('accepted');
  await files.close();
});

test('a read of open files is over in the same turn', async () => {
  const files = new Level(folder);
  await files.put('run', 'accepted');
  const getSync = jest.spyOn(files, 'getSync');

  const read = files.get('run');

  expect(getSync).toHaveReturnedWith('accepted');
  await read;
  await files.close();
});
