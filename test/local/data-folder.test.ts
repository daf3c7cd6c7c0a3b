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

describe('the data folder', () => {
  it('can be read by its owner only, and so can its files', () => {
    const data = openDataFolder(path);
    data.write('state.json', { colour: 'blue' });

    expect(statSync(path).mode & 0o777).toBe(0o700);
    expect(statSync(join(path, 'state.json')).mode & 0o777).toBe(0o600);
    expect(data.read('state.json', schema)).toEqual({ colour: 'blue' });
    expect(data.read('other.json', schema)).toBeUndefined();
  });

  it('keeps its mode if it existed before, and new files in it can be read by their owner only', () => {
    mkdirSync(path, { mode: 0o755 });

    openDataFolder(path);

    const modeOf = (...names: string[]) => statSync(join(path, ...names)).mode & 0o777;
    expect([modeOf(), modeOf('table'), modeOf('logs')]).toEqual([0o755, 0o700, 0o700]);
  });

  it('is refused to a second local run, with the process id of the first', () => {
    openDataFolder(path);
    // The parent of the test runner is another process that is alive.
    writeFileSync(join(path, 'lock'), String(process.ppid));

    expect(() => openDataFolder(path)).toThrow(new RegExp(`process ${process.ppid}.*is using.*\n.*LOCAL_DATA_DIR`));
  });

  it('is taken over from a local run that was killed', () => {
    openDataFolder(path).release();
    // Above every process id that Linux assigns.
    writeFileSync(join(path, 'lock'), '4194305');

    expect(() => openDataFolder(path)).not.toThrow();
    expect(readFileSync(join(path, 'lock'), 'utf8')).toBe(String(process.pid));
  });

  it('records whether the last local run ended cleanly', () => {
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
  ])('with %s in a file causes an error that says which folder to delete', (_what, text) => {
    const data = openDataFolder(path);
    writeFileSync(join(path, 'state.json'), text);

    expect(() => data.read('state.json', schema)).toThrow(`Delete the folder ${path}`);
  });

  it('with a damaged table causes an error that says which folder to delete', async () => {
    const table = join(path, 'table');
    const engine = await startTableEngine(table, () => undefined);
    await engine.stop();
    writeFileSync(join(table, 'CURRENT'), 'nonsense');

    await expect(startTableEngine(table, () => undefined)).rejects.toThrow(
      /Cannot read the table[^]*Delete that folder/,
    );
  });

  it('that is a file causes an error that says what to do', () => {
    writeFileSync(path, '');

    expect(() => openDataFolder(path)).toThrow(/Cannot use the folder[^]*LOCAL_DATA_DIR/);
  });
});
