import { duration, seconds, soFar } from '../../dashboard/src/parts/duration';
import { plural } from '../../dashboard/src/parts/plural';
import { whyNotRunnable } from '../../dashboard/src/run-now/may-run';
import { emptyInput, pathsReadBy, readInput } from '../../dashboard/src/run-now/input/read-text';
import { typedInputsText } from '../../dashboard/src/run-now/preview/typed-inputs';
import { filtersOf, pickedRange } from '../../dashboard/src/run/created-range';
import { warningTexts } from '../../dashboard/src/workflow/warning-texts';
import { deliveriesIn, missingIn } from '../../dashboard/src/run/step-output';

test.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1_000, '1.0 s'],
  [9_949, '9.9 s'],
  [9_950, '10 s'],
  [60_000, '1 min'],
  [205_000, '3 min 25 s'],
  [7_500_000, '2 h 5 min'],
])('%d ms reads as %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test.each([
  [-500, '0 s'],
  [999, '0 s'],
  [9_400, '9 s'],
  [61_999, '1 min 1 s'],
])('what has gone on for %d ms reads as %s, in whole seconds and never below none', (ms, text) => {
  expect(soFar(ms)).toBe(text);
});

test('whole seconds have no decimals', () => {
  expect([seconds(0), seconds(2), seconds(90)]).toEqual(['none', '2 s', '1 min 30 s']);
  expect([plural(1, 'run'), plural(1200, 'run'), plural(0, 'delivery', 'deliveries')]).toEqual([
    '1 run',
    '1,200 runs',
    '0 deliveries',
  ]);
});

test('an input is an object or empty, and anything else is explained', () => {
  expect(readInput('  ')).toEqual({ input: undefined });
  expect(readInput('{"n": 1}')).toEqual({ input: { n: 1 } });
  expect(readInput('[1]').fault).toMatch(/JSON object/);
  expect(readInput('{n}').fault).toBe('The text cannot be used as JSON. Look at line 1, column 2, or just before it.');
  expect(readInput('{\n "n": 1,, }').fault).toMatch(/Look at line 2, column 9/);
  expect(readInput('{"n": [1').fault).toMatch(/It ends too early/);
  expect(readInput('{"a": [8202522731445525542]}').fault).toMatch(/number at a\.0 .* write it as a string/);
  expect(readInput('{"id": 1, "id": 2}').fault).toMatch(/name id occurs twice/);
});

test('the run dialog lists each path that a recipe reads from the input once, and fills them in', () => {
  const recipe = {
    steps: [
      { type: 'log', message: 'For {{input.campaign}} and {{ input.owner.name }}' },
      { type: 'fire_webhook_event', event: 'a', payload: { c: '{{input.campaign}}' } },
    ],
  };

  expect(pathsReadBy(recipe)).toEqual(['campaign', 'owner.name']);
  expect(pathsReadBy({ n: '{{input.n | json}}', m: '{{ input.m|json }}' })).toEqual(['n', 'm']);
  expect(pathsReadBy({ '{{input.name}}': "{{'{{'}}input.literal}}", b: ['{{input.first name}}'] })).toEqual([
    'first name',
  ]);
  expect(emptyInput(['campaign', 'owner.name', 'owner.at.2'])).toEqual({
    campaign: '',
    owner: { name: '', at: { 2: '' } },
  });
});

test('a warning is shown with its place as people count, whether it came with the recipe or with its workflow', () => {
  const detail = 'Look again.';

  expect(
    warningTexts([
      { pointer: '#/steps/0/message', detail },
      { pointer: '#/recipe/steps/11/payload/a/b', detail },
      { pointer: '#/elsewhere', detail },
    ]),
  ).toEqual(['Step 1, message: Look again.', 'Step 12, payload: Look again.', 'Look again.']);
});

test('the preview of a run says which inputs are sent with their type', () => {
  expect(typedInputsText(['n'])).toBe(
    'input.n is sent as it is in the input: a number stays a number, and a list stays a list.',
  );
  expect(typedInputsText(['n', 'list.0', 'owner.name'])).toMatch(
    /^input\.n, input\.list\.0 and input\.owner\.name are sent as they are in the input: /,
  );
});

test('a missing Run now button is explained by the permission first, then by the workflow', () => {
  expect(whyNotRunnable({ active: false }, { mayManage: false })).toMatch(/permission/);
  expect(whyNotRunnable({ active: false }, { mayManage: true })).toMatch(/activate it/);
  expect(whyNotRunnable({ active: true }, { mayManage: true })).toBeUndefined();
});

test('a truncated step output can still be shown', () => {
  expect(deliveriesIn({ truncated: true })).toEqual([]);
  expect(deliveriesIn({ deliveries: [{ id: 'd', endpoint_id: 'e', status: 'pending' }, 'no'] })).toHaveLength(1);
  expect(missingIn({ missing: ['a.b', 3] })).toEqual(['a.b']);
  expect(missingIn(null)).toEqual([]);
});

test('a range of runs includes its whole first and last second, and is shown as it was picked', () => {
  const picked = { startDate: '2026-11-23T00:00:00+01:00', endDate: '2026-11-23T23:59:59+01:00' };

  const filters = filtersOf(picked);

  expect(filters).toEqual({
    created_from: '2026-11-22T23:00:00.000Z',
    created_after: undefined,
    created_before: '2026-11-23T23:00:00.000Z',
  });
  expect(pickedRange(filters, new Date(0))).toEqual({
    startDate: '2026-11-22T23:00:00.000Z',
    endDate: '2026-11-23T22:59:59.000Z',
  });
});

test('a range without an end is shown up to now, and an address of an earlier release still works', () => {
  const now = new Date('2026-11-23T09:00:00.000Z');
  const start = '2026-11-22T23:00:00.000Z';
  const shown = { startDate: start, endDate: now.toISOString() };

  expect(pickedRange({ created_from: start }, now)).toEqual(shown);
  expect(pickedRange({ created_after: start }, now)).toEqual(shown);
  expect(pickedRange({ created_before: start }, now)).toBeNull();
});
