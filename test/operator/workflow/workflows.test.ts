import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workflowKey } from '../../../functions/aws/keys';
import { tableShape } from '../../../functions/contract/table';
import { aDelay, aLog, aRecipe, aWorkflow } from '../../support/builders';
import { breakingEveryClient } from '../../support/requests';
import { putRow } from '../../support/table';
import { startLocalOperator, type LocalOperator } from '../operator';

let operator: LocalOperator;
beforeAll(async () => (operator = await startLocalOperator()));
afterAll(() => operator.stop());

/** Runs `workflows put` with `content` on standard input. */
const put = (tenantId: string, content: unknown, ...args: string[]) =>
  operator.runWith({ input: JSON.stringify(content) }, 'workflows', 'put', tenantId, '-', ...args);

const spring = { name: 'Spring Promo', description: 'For spring', recipe: aRecipe() };

test('a workflow is created from a file, relative to the folder npm was called in', async () => {
  const id = await operator.createTenant({ authoring: false });
  writeFileSync(join(operator.dataFolder, 'spring.json'), JSON.stringify(spring));

  const { out, err } = await operator.runWith(
    { env: { INIT_CWD: operator.dataFolder } },
    ...['workflows', 'put', id, 'spring.json'],
  );

  expect(err).toBe('');
  expect(out).toBe(`Workflow 1 of ${id} is at version 1: 3 steps, 2 s of delay.\n`);
  expect(await operator.json('workflows', 'show', id, '1')).toMatchObject({
    ...spring,
    id: 1,
    active: true,
    version: 1,
  });
  expect(await operator.audit(id)).toMatchObject([
    { action: 'workflow.created', target: 'workflow 1', detail: { version: 1 } },
  ]);
});

test('replacing a workflow creates the next version and keeps its active flag', async () => {
  const id = await operator.createTenant();
  await put(id, { ...spring, active: false });

  const { out } = await put(id, { ...spring, name: 'Autumn', recipe: { steps: [aLog('Leaves')] } }, '--id', '#1');

  expect(out).toBe(`Workflow 1 of ${id} is at version 2: 1 steps, 0 s of delay, not active.\n`);
  expect(await operator.json('workflows', 'show', id, '1')).toMatchObject({
    name: 'Autumn',
    active: false,
    version: 2,
    recipe: { steps: [aLog('Leaves')] },
  });
  expect((await operator.audit(id)).map(({ action }) => action)).toEqual(['workflow.created', 'workflow.updated']);
});

test('a placeholder that is never filled in is a warning, and the workflow is written', async () => {
  const id = await operator.createTenant();
  const recipe = { steps: [aLog('For {{campaign}}\u009b')] };

  const { code, out, err } = await put(id, { ...spring, recipe });
  const again = await put(id, { ...spring, recipe }, '--id', '1', '--json');

  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('Workflow 1 of') });
  expect(err).toMatch(/^Warning: #\/recipe\/steps\/0\/message {2}\{\{campaign\}\} is never filled in: did you mean/);
  expect(JSON.parse(again.out).warnings).toMatchObject([{ pointer: '#/recipe/steps/0/message' }]);
  expect(JSON.parse(again.err)).toEqual({ warning: err.slice('Warning: '.length).trimEnd() });
});

test('a faulty file is refused with every fault and its JSON pointer, and nothing is written', async () => {
  const id = await operator.createTenant();
  const faulty = {
    name: '',
    colour: 'red',
    recipe: { steps: [{ type: 'shell' }, aDelay(31), { type: 'log' }] },
  };

  const { code, out, err } = await put(id, faulty);

  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^The recipe has a step of an unknown type; use only log, /),
    expect.stringMatching(/^ {2}#\/recipe\/steps\/0\/type {2}step_type_not_allowed {2}/),
    expect.stringMatching(/^ {2}#\/recipe\/steps\/1\/seconds {2}invalid_recipe {2}/),
    expect.stringMatching(/^ {2}#\/recipe\/steps\/2\/message {2}invalid_recipe {2}/),
    expect.stringMatching(/^ {2}#\/name {2}invalid_request {2}/),
    expect.stringMatching(/^ {2}#\/colour {2}invalid_request {2}/),
  ]);
  expect((await operator.json('workflows', 'list', id)).data).toEqual([]);
  expect(await operator.audit(id)).toEqual([]);
});

test('with --json the same faults are JSON on stderr', async () => {
  const { code, out, err } = await put(await operator.createTenant(), { name: 'x', recipe: { steps: [] } }, '--json');

  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(JSON.parse(err)).toEqual({
    code: 'invalid_recipe',
    detail: 'The recipe is not valid; errors lists each place.',
    errors: [{ pointer: '#/recipe/steps', code: 'invalid_recipe', detail: expect.any(String) }],
  });
});

test.each([
  ['51 steps', { name: 'x', recipe: { steps: Array.from({ length: 51 }, () => aLog()) } }, /51 steps; trim it/],
  ['no recipe', { name: 'x' }, /#\/recipe/],
  ['a list', [], /#\/? {2}invalid_request/],
  ['a recipe alone', aRecipe(), /#\/steps {2}invalid_request {2}Unknown key/],
])('a file with %s is refused', async (_what, content, words) => {
  const { code, err } = await put(await operator.createTenant(), content);

  expect(code).toBe(1);
  expect(err).toMatch(words);
});

test('input that is not JSON is refused with the position of the first fault', async () => {
  const id = await operator.createTenant();

  const { code, err } = await operator.runWith({ input: '{"name": x}' }, 'workflows', 'put', id, '-');

  expect(code).toBe(1);
  expect(err).toMatch(/^Standard input is not JSON: Unexpected token/);
});

test('half of a surrogate pair is refused, as over REST', async () => {
  const { code, err } = await put(
    await operator.createTenant(),
    JSON.parse('{"name": "x\\ud800", "recipe": {"steps": []}}'),
  );

  expect(code).toBe(1);
  expect(err).toMatch(/holds half of a character/);
});

test.each([
  [
    'invalid_number',
    '{"a":8202522731445525542,"b":[1e400]}',
    ['#/recipe/steps/0/payload/a', '#/recipe/steps/0/payload/b/0'],
  ],
  ['malformed_json', '{"a":1,"\\u0061":2}', ['#/recipe/steps/0/payload/a']],
])('a file is refused as %s with each place, as over REST', async (code, payload, places) => {
  const id = await operator.createTenant();
  const file = `{"name":"Ids","recipe":{"steps":[{"type":"fire_webhook_event","event":"a","payload":${payload}}]}}`;

  const refused = await operator.runWith({ input: file }, 'workflows', 'put', id, '-');

  expect(refused).toMatchObject({ code: 1, out: '' });
  for (const place of places) expect(refused.err).toContain(place);
  expect(refused.err).toMatch(code === 'invalid_number' ? /send it as a string/ : /send each name once/);
  expect((await operator.json('workflows', 'list', id)).data).toEqual([]);
});

test('the error for a missing file has its full path', async () => {
  const { code, err } = await operator.run('workflows', 'put', await operator.createTenant(), '/nowhere/spring.json');

  expect(code).toBe(1);
  expect(err).toBe('The file /nowhere/spring.json cannot be read (ENOENT: no such file or directory).\n');
});

test('the list has every workflow, even if there are more than one page of the table', async () => {
  const id = await operator.createTenant();
  const numbers = Array.from({ length: 101 }, (_, n) => 101 - n);
  await Promise.all(numbers.map((n) => putRow(operator.database, { ...workflowKey(id, n), ...aWorkflow({ id: n }) })));

  const { data } = await operator.json('workflows', 'list', id);

  expect(data.map((workflow: { id: number }) => workflow.id)).toEqual(numbers);
}, 20_000);

test('a workflow is shown step by step', async () => {
  const id = await operator.createTenant();
  await put(id, { ...spring, recipe: { ...spring.recipe, continue_on_error: true } });

  const { out } = await operator.run('workflows', 'show', id, '1');

  expect(out).toMatch(/^STEP +TYPE +PARAMETERS$/m);
  expect(out).toMatch(/^1 +log +Kicking off Spring Promo$/m);
  expect(out).toMatch(/^2 +delay +2 s$/m);
  expect(out).toMatch(/^3 +fire_webhook_event +campaign.kickoff {"campaign"/m);
  expect(out).toMatch(/does not stop the run/);
});

test('a workflow is deactivated and activated, each with an audit row', async () => {
  const id = await operator.createTenant();
  await put(id, spring);

  expect((await operator.run('workflows', 'deactivate', id, '1')).out).toBe(`Workflow 1 of ${id} is deactivated.\n`);
  expect(await operator.json('workflows', 'show', id, '1')).toMatchObject({ active: false, version: 1 });
  expect(await operator.json('workflows', 'activate', id, '1')).toMatchObject({ active: true });
  expect((await operator.audit(id)).map(({ action }) => action)).toEqual([
    'workflow.created',
    'workflow.deactivated',
    'workflow.activated',
  ]);
});

test('a workflow is changed only after the last run, which its view shows, has been read', async () => {
  const id = await operator.createTenant();
  await put(id, spring);
  const broken = breakingEveryClient(({ input }) => input.IndexName === tableShape.parentIndex.name);

  const replaced = await put(id, { ...spring, name: 'Autumn' }, '--id', '1');
  const switched = await operator.run('workflows', 'deactivate', id, '1');
  const created = await put(id, spring);
  broken.mockRestore();

  // A new workflow has no run, so nothing is read that could fail.
  expect([replaced.code, switched.code, created.code]).toEqual([1, 1, 0]);
  expect(await operator.json('workflows', 'show', id, '1')).toMatchObject({ ...spring, active: true, version: 1 });
  expect((await operator.audit(id)).map(({ target }) => target)).toEqual(['workflow 1', 'workflow 2']);
});

test.each([
  ['show', 'ID', '9'],
  ['activate', 'ID', '9'],
  ['deactivate', 'ID', '9'],
  ['put', 'ID', '-', '--id', '9'],
])('an unknown workflow is not found: %s', async (command, ...args) => {
  const id = await operator.createTenant();
  const given = args.map((arg) => (arg === 'ID' ? id : arg));

  const { code, err } = await operator.runWith({ input: JSON.stringify(spring) }, 'workflows', command, ...given);

  expect(code).toBe(1);
  expect(err).toBe('No such workflow. Check the id; ids are listed by the matching list call.\n');
});
