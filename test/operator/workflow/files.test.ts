import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workflowStore } from '../../../functions/aws/workflow/workflows';
import { aLog, aRecipe, noon } from '../../support/builders';
import { startLocalTable, type LocalTable } from '../operator';

let on: LocalTable;
beforeAll(async () => (on = await startLocalTable()));
afterAll(() => on.stop());

const create = (tenantId: string, name: string, recipe: unknown = aRecipe(), active = true) =>
  workflowStore(on.database).create(tenantId, { name, description: null, active, recipe }, noon.toISOString());

const exportTo = (tenantId: string, folder: string) =>
  on.json('workflows', 'export', tenantId, join(on.dataFolder, folder));
const importFrom = (tenantId: string, folder: string, ...args: string[]) =>
  on.json('workflows', 'import', tenantId, join(on.dataFolder, folder), ...args);
const filesIn = (folder: string) =>
  readdirSync(join(on.dataFolder, folder)).map((file) => [
    file,
    readFileSync(join(on.dataFolder, folder, file), 'utf8'),
  ]);
const outcomes = ({ data }: { data: { name: string; outcome: string }[] }) =>
  data.map(({ name, outcome }) => [name, outcome]);

test('what one tenant exports and another imports, the other exports byte for byte', async () => {
  const [one, other] = [await on.tenant(), await on.tenant()];
  await create(one, 'Spring Promo');
  await create(one, 'Zürich – "Herbst" / 1', aRecipe({ continue_on_error: true }), false);
  await create(one, 'Spring Promo', { steps: [aLog('the second of its name')] });
  await create(one, 'Spring Promo 2', { steps: [aLog('a third')] });
  for (let n = 2; n <= 11; n += 1) await create(one, 'Many', { steps: [aLog(`${n}`)] });
  await create(one, '…');

  await exportTo(one, 'one');
  await importFrom(other, 'one');
  await exportTo(other, 'other');

  expect(filesIn('one').length).toBe(15);
  expect(filesIn('other')).toEqual(filesIn('one'));
  expect(filesIn('one').map(([file]) => file)).toEqual(
    expect.arrayContaining(['spring-promo.json', 'spring-promo-2.json', 'zurich-herbst-1.json', 'workflow.json']),
  );
});

test('importing again changes nothing, and leaves no audit row', async () => {
  const id = await on.tenant();
  await create(id, 'Spring Promo');
  await create(id, 'Autumn');
  await exportTo(id, 'again');

  expect(outcomes(await importFrom(id, 'again'))).toEqual([
    ['Autumn', 'unchanged'],
    ['Spring Promo', 'unchanged'],
  ]);
  expect(await on.audit(id)).toEqual([]);
});

test('a changed recipe is the next version, a switch is none, and each has its audit row', async () => {
  const id = await on.tenant();
  for (const name of ['A', 'B', 'C']) await create(id, name);
  await exportTo(id, 'changed');
  const change = (file: string, overrides: object) => {
    const path = join(on.dataFolder, 'changed', file);
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...overrides }));
  };
  change('a.json', { recipe: { steps: [aLog('new')] } });
  change('b.json', { active: false });

  const dry = await importFrom(id, 'changed', '--dry-run');
  const done = await importFrom(id, 'changed');

  const expected = [['A', 'updated'], ['B', 'deactivated'], ['C', 'unchanged']]; // prettier-ignore
  expect([outcomes(dry), outcomes(done)]).toEqual([expected, expected]);
  expect(done.data.map(({ version }: { version: number }) => version)).toEqual([2, 1, 1]);
  expect((await on.audit(id)).map(({ action, target }) => [action, target])).toEqual([
    ['workflow.updated', 'workflow 1'],
    ['workflow.deactivated', 'workflow 2'],
  ]);
});

test('one faulty file keeps all from being imported, and every fault is told with its file', async () => {
  const id = await on.tenant();
  mkdirSync(join(on.dataFolder, 'faulty'));
  const put = (file: string, content: string) => writeFileSync(join(on.dataFolder, 'faulty', file), content);
  put('good.json', JSON.stringify({ name: 'Good', recipe: aRecipe() }));
  put('shell.json', JSON.stringify({ name: 'Bad', recipe: { steps: [{ type: 'shell' }] } }));
  put('text.json', 'no JSON');

  const { code, out, err } = await on.local('workflows', 'import', id, join(on.dataFolder, 'faulty'));

  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^2 of 3 files are refused; nothing was imported\.$/m);
  expect(err).toMatch(/^ {2}shell\.json#\/recipe\/steps\/0\/type {2}step_type_not_allowed/m);
  expect(err).toMatch(/^ {2}text\.json# {2}malformed_json/m);
  expect((await on.json('workflows', 'list', id)).data).toEqual([]);
});

test('paths are meant from where npm was called; a folder with other files is pointed out', async () => {
  const id = await on.tenant();
  await create(id, 'Spring Promo');
  mkdirSync(join(on.dataFolder, id));
  writeFileSync(join(on.dataFolder, id, 'stale.json'), '{}');

  const { out, err } = await on.localWith({ env: { INIT_CWD: on.dataFolder } }, 'workflows', 'export', id);

  expect(out).toMatch(new RegExp(`^Written to ${join(on.dataFolder, id)}\\.$`, 'm'));
  expect(err).toMatch(/also holds stale\.json, which this export did not write/);
});

test.each([
  [['export', 'nobody'], /^No such tenant\./],
  [['import', 'nobody', '/nowhere'], /^No such tenant\./],
  [['import', 'TENANT', '/nowhere'], /^\/nowhere cannot be read: .*ENOENT/],
  [['export', 'TENANT', '/dev/null/x'], /^The export stopped because it could not write to \/dev\/null\/x: /],
])('workflows %j fails with a sentence', async (args, sentence) => {
  const id = await on.tenant();

  const { code, out, err } = await on.local('workflows', ...args.map((arg) => (arg === 'TENANT' ? id : arg)));

  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(sentence);
});
