import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workflowStore } from '../../../functions/aws/workflow/workflows';
import { aLog, aRecipe, noon } from '../../support/builders';
import { startLocalOperator, type LocalOperator } from '../operator';

let operator: LocalOperator;
beforeAll(async () => (operator = await startLocalOperator()));
afterAll(() => operator.stop());

const create = (tenantId: string, name: string, recipe: unknown = aRecipe(), active = true) =>
  workflowStore(operator.database).create(tenantId, { name, description: null, active, recipe }, noon.toISOString());

const exportTo = (tenantId: string, folder: string) =>
  operator.json('workflows', 'export', tenantId, join(operator.dataFolder, folder));
const importFrom = (tenantId: string, folder: string, ...args: string[]) =>
  operator.json('workflows', 'import', tenantId, join(operator.dataFolder, folder), ...args);
const filesIn = (folder: string) =>
  readdirSync(join(operator.dataFolder, folder)).map((file) => [
    file,
    readFileSync(join(operator.dataFolder, folder, file), 'utf8'),
  ]);
const outcomes = ({ data }: { data: { name: string; outcome: string }[] }) =>
  data.map(({ name, outcome }) => [name, outcome]);

test('workflows exported from one tenant and imported into another are exported from there byte for byte', async () => {
  const [one, other] = [await operator.createTenant(), await operator.createTenant()];
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

test('importing the same files again changes nothing and leaves no audit row', async () => {
  const id = await operator.createTenant();
  await create(id, 'Spring Promo');
  await create(id, 'Autumn');
  await exportTo(id, 'again');

  expect(outcomes(await importFrom(id, 'again'))).toEqual([
    ['Autumn', 'unchanged'],
    ['Spring Promo', 'unchanged'],
  ]);
  expect(await operator.audit(id)).toEqual([]);
});

test('a changed recipe creates a version, a changed active flag does not, and each leaves an audit row', async () => {
  const id = await operator.createTenant();
  for (const name of ['A', 'B', 'C']) await create(id, name);
  await exportTo(id, 'changed');
  const change = (file: string, overrides: object) => {
    const path = join(operator.dataFolder, 'changed', file);
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...overrides }));
  };
  change('a.json', { recipe: { steps: [aLog('new')] } });
  change('b.json', { active: false });

  const dry = await importFrom(id, 'changed', '--dry-run');
  const done = await importFrom(id, 'changed');

  const expected = [['A', 'updated'], ['B', 'deactivated'], ['C', 'unchanged']]; // prettier-ignore
  expect([outcomes(dry), outcomes(done)]).toEqual([expected, expected]);
  expect(done.data.map(({ version }: { version: number }) => version)).toEqual([2, 1, 1]);
  expect((await operator.audit(id)).map(({ action, target }) => [action, target])).toEqual([
    ['workflow.updated', 'workflow 1'],
    ['workflow.deactivated', 'workflow 2'],
  ]);
});

test('one faulty file stops the whole import, and every fault is listed with its file', async () => {
  const id = await operator.createTenant();
  mkdirSync(join(operator.dataFolder, 'faulty'));
  const put = (file: string, content: string) => writeFileSync(join(operator.dataFolder, 'faulty', file), content);
  put('good.json', JSON.stringify({ name: 'Good', recipe: aRecipe() }));
  put('shell.json', JSON.stringify({ name: 'Bad', recipe: { steps: [{ type: 'shell' }] } }));
  put('text.json', 'no JSON');
  put('ids.json', '{"name":"Ids","recipe":{"steps":[{"type":"delay","seconds":9007199254740993}]}}');

  const { code, out, err } = await operator.run('workflows', 'import', id, join(operator.dataFolder, 'faulty'));

  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^3 of 4 files are refused; nothing was imported\.$/m);
  expect(err).toMatch(/^ {2}ids\.json#\/recipe\/steps\/0\/seconds {2}invalid_number/m);
  expect(err).toMatch(/^ {2}shell\.json#\/recipe\/steps\/0\/type {2}step_type_not_allowed/m);
  expect(err).toMatch(/^ {2}text\.json# {2}malformed_json/m);
  expect((await operator.json('workflows', 'list', id)).data).toEqual([]);
});

test('paths are relative to the folder npm was called in, and other files in the export folder cause a warning', async () => {
  const id = await operator.createTenant();
  await create(id, 'Spring Promo');
  mkdirSync(join(operator.dataFolder, id));
  writeFileSync(join(operator.dataFolder, id, 'stale.json'), '{}');

  const { out, err } = await operator.runWith({ env: { INIT_CWD: operator.dataFolder } }, 'workflows', 'export', id);

  expect(out).toMatch(new RegExp(`^Written to ${join(operator.dataFolder, id)}\\.$`, 'm'));
  expect(err).toMatch(/also holds stale\.json, which this export did not write/);
});

test.each([
  [['export', 'nobody'], /^No such tenant\./],
  [['import', 'nobody', '/nowhere'], /^No such tenant\./],
  [['import', 'TENANT', '/nowhere'], /^\/nowhere cannot be read: .*ENOENT/],
  [['export', 'TENANT', '/dev/null/x'], /^The export stopped because it could not write to \/dev\/null\/x: /],
])('workflows %j fails with a one-sentence error', async (args, sentence) => {
  const id = await operator.createTenant();

  const { code, out, err } = await operator.run('workflows', ...args.map((arg) => (arg === 'TENANT' ? id : arg)));

  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(sentence);
});

test('an import, and its dry run, warn of placeholders that are never filled in, with the file', async () => {
  const [from, to] = [await operator.createTenant(), await operator.createTenant()];
  await create(from, 'Spring Promo', { steps: [aLog('For {{campaign}}')] });
  await exportTo(from, 'warned');

  for (const more of [['--dry-run'], []]) {
    const { code, err } = await operator.run('workflows', 'import', to, join(operator.dataFolder, 'warned'), ...more);

    expect(code).toBe(0);
    expect(err).toMatch(/^Warning: spring-promo\.json#\/recipe\/steps\/0\/message {2}\{\{campaign\}\} is never/);
  }
});

test('a workflow whose name is older than the trimming of names is the one that its own file changes', async () => {
  const id = await operator.createTenant();
  await create(id, ' Spring Promo\n');

  await exportTo(id, 'untrimmed');

  expect(outcomes(await importFrom(id, 'untrimmed'))).toEqual([['Spring Promo', 'unchanged']]);
});
