import { changesBetween } from '../../dashboard/src/workflow/difference/between';

const log = (message: string) => ({ type: 'log', message });

test('what differs between two recipes is said step by step, with the old and the new text', () => {
  const before = { steps: [log('a'), log('b'), { type: 'delay', seconds: 2 }] };
  const after = { continue_on_error: true, steps: [log('a'), log('B'), { type: 'delay', seconds: 2 }, log('c')] };

  expect(changesBetween(before, after)).toEqual([
    { place: 'Continue on error', how: 'added', after: 'true' },
    { place: 'Step 2 (log), message', how: 'changed', before: 'b', after: 'B' },
    { place: 'Step 4 (log)', how: 'added', after: JSON.stringify(log('c'), null, 2) },
  ]);
});

test('a step that only moved is said to have moved, and one that is gone keeps the number it had', () => {
  const before = { steps: [log('a'), log('b'), { type: 'delay', seconds: 2 }] };
  const after = { steps: [log('b'), log('a')] };

  expect(changesBetween(before, after).map(({ place, how }) => `${how} ${place}`)).toEqual([
    expect.stringMatching(/^moved Step [12] \(log\), before step [12]$/),
    'removed Step 3 (delay)',
  ]);
});

test('declared inputs are compared one by one, and member by member', () => {
  const before = { inputs: { campaign: { type: 'string', default: 'a' }, old: { type: 'number' } }, steps: [] };
  const after = { inputs: { campaign: { type: 'string', default: 'b' }, fresh: { type: 'boolean' } }, steps: [] };

  expect(changesBetween(before, after).map(({ place, how }) => `${how} ${place}`)).toEqual([
    'changed Input campaign, default',
    'removed Input old',
    'added Input fresh',
  ]);
});

test('two workflows are compared with their names and descriptions', () => {
  const recipe = { steps: [log('a')] };

  expect(changesBetween({ name: 'A', description: null, recipe }, { name: 'B', description: 'new', recipe })).toEqual([
    { place: 'Name', how: 'changed', before: 'A', after: 'B' },
    { place: 'Description', how: 'added', after: 'new' },
  ]);
});
