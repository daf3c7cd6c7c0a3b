import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { openDataFolder } from '../../local/data-folder';
import { startTableEngine } from '../../local/table/start-table-engine';

const schema = z.object({ colour: z.string() });

let path: string;

beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'local-data-')), 'data');
});

afterEach(() => rmSync(join(path, '..'), { recursive: true, force: true }));

describe('the folder of local data', () => {
  it('is for its owner only, and so is what is written in it', () => {
    const data = openDataFolder(path);
    data.write('state.json', { colour: 'blue' });

    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(join(path, 'state.json')).mode & 0o777).toBe(0o600);
    expect(data.read('state.json', schema)).toEqual({ colour: 'blue' });
    expect(data.read('other.json', schema)).toBeUndefined();
  });

  it('that was there before keeps its mode, and what is put into it is for its owner only', () => {
    mkdirSync(path, { mode: 0o755 });

    openDataFolder(path);

    const modeOf = (...names: string[]) => statSync(join(path, ...names)).mode & 0o777;
    expect([modeOf(), modeOf('table'), modeOf('logs')]).toEqual([0o755, 0o700, 0o700]);
  });

  it('is refused to a second run, which is told by whom it is used', () => {
    openDataFolder(path);
    // The test runner's parent: alive, and not us.
    writeFileSync(join(path, 'lock'), String(process.ppid));

    expect(() => openDataFolder(path)).toThrow(new RegExp(`process ${process.ppid}.*is using.*\n.*LOCAL_DATA_DIR`));
  });

  it('is taken over from a run that was killed', () => {
    openDataFolder(path).release();
    // Above any process id Linux gives.
    writeFileSync(join(path, 'lock'), '4194305');

    expect(() => openDataFolder(path)).not.toThrow();
    expect(readFileSync(join(path, 'lock'), 'utf8')).toBe(String(process.pid));
  });

  it('knows whether the last run came to its end', () => {
    const first = openDataFolder(path);
    expect(first.endedCleanly).toBe(false);
    first.markCleanEnd();
    first.release();

    const second = openDataFolder(path);
    expect(second.endedCleanly).toBe(true);
    second.release();

    expect(openDataFolder(path).endedCleanly).toBe(false);
  });

  it.each([
    ['broken JSON', '{'],
    ['JSON of another shape', '{"colour":7}'],
    ['nothing', ''],
  ])('with %s in a file says which folder to delete', (_what, text) => {
    const data = openDataFolder(path);
    writeFileSync(join(path, 'state.json'), text);

    expect(() => data.read('state.json', schema)).toThrow(`Delete the folder ${path}`);
  });

  it('with a damaged table says which folder to delete', async () => {
    const table = join(path, 'table');
    const engine = await startTableEngine(table, () => undefined);
    await engine.stop();
    writeFileSync(join(table, 'CURRENT'), 'nonsense');

    await expect(startTableEngine(table, () => undefined)).rejects.toThrow(
      /Cannot read the table[^]*Delete that folder/,
    );
  });

  it('that is a file says what to do', () => {
    writeFileSync(path, '');

    expect(() => openDataFolder(path)).toThrow(/Cannot use the folder[^]*LOCAL_DATA_DIR/);
  });
});
