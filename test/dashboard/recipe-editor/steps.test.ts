import { stepsFromText, textOfSteps } from '../../../dashboard/src/pages/recipe-editor/draft/clipboard';
import { newStep, type DraftStep } from '../../../dashboard/src/pages/recipe-editor/draft/recipe';
import { copied, movedBy, movedTo } from '../../../dashboard/src/pages/recipe-editor/draft/steps';
import {
  aimedAt,
  aimedBy,
  markedGap,
  putDown,
  taken,
} from '../../../dashboard/src/pages/recipe-editor/steps/drag/drag';
import {
  extendedTo,
  nothingSelected,
  selected,
  toggled,
} from '../../../dashboard/src/pages/recipe-editor/steps/select/selection';

const steps: readonly DraftStep[] = ['a', 'b', 'c', 'd'].map((key) => ({ ...newStep('log'), key, message: key }));
const keys = (list: readonly DraftStep[]) => list.map(({ key }) => key).join('');
const some = (text: string) => new Set(text);

test('steps move together in their order, and stay the same list where nothing moves', () => {
  expect(keys(movedTo(steps, some('bd'), 0))).toBe('bdac');
  expect(movedTo(steps, some('bc'), 1)).toBe(steps);
});

test.each([
  ['b', 1, 'acbd'],
  ['b', -1, 'bacd'],
  ['bc', 1, 'adbc'],
  ['a', -1, 'abcd'],
  ['cd', 1, 'abcd'],
  ['ac', 1, 'bacd'],
  ['bd', -1, 'abdc'],
] as const)('moving %s by %d', (which, by, expected) => {
  expect(keys(movedBy(steps, some(which), by))).toBe(expected);
});

test('copies come behind the last of what is copied, as steps of their own', () => {
  const { steps: all, copies } = copied(steps, some('ac'));

  expect(all.map(({ message }) => message).join('')).toBe('abcacd');
  expect(new Set(all.map(({ key }) => key)).size).toBe(6);
  expect(copies).toHaveLength(2);
});

test('a drag is marked where it would be put, and changes nothing beside the list', () => {
  const drag = taken(steps, { keys: some('b') });
  expect(drag.position).toBe(1);
  const aimed = aimedAt(drag, steps, 4);
  expect([aimed.position, markedGap(aimed, steps)]).toEqual([3, 4]);
  expect(keys(putDown(aimed, steps).steps)).toBe('acdb');
  expect(markedGap(aimedAt(aimed, steps, undefined), steps)).toBeUndefined();

  expect(aimedBy(drag, steps, -Infinity).position).toBe(0);
  expect(aimedBy(drag, steps, Infinity).position).toBe(3);
});

test('a new step of the palette is put between two others', () => {
  const { steps: all, added } = putDown(aimedAt(taken(steps, { type: 'delay' }), steps, 1), steps);

  expect(all[1]).toBe(added);
  expect(all).toHaveLength(5);
});

test('Shift selects everything between two steps, in either direction', () => {
  const order = ['a', 'b', 'c', 'd'];
  const one = toggled(nothingSelected, 'c');

  expect([...extendedTo(one, 'a', order).keys].sort()).toEqual(['a', 'b', 'c']);
  expect([...extendedTo(one, 'd', order).keys].sort()).toEqual(['c', 'd']);
  expect([...toggled(selected(['a', 'b']), 'a').keys]).toEqual(['b']);
});

test('steps are copied as a recipe, and pasted from a recipe, a list or one step', () => {
  const plain = (text: string) => stepsFromText(text)?.map(({ message }) => message);

  expect(plain(textOfSteps(steps))).toEqual(['a', 'b', 'c', 'd']);
  expect(plain('[{"type":"log","message":"x"}]')).toEqual(['x']);
  expect(plain('{"type":"log","message":"x"}')).toEqual(['x']);
  for (const other of ['', 'a text', '{"steps":[]}', '[{"type":"shell"}]', '{"name":"x"}', '3']) {
    expect(stepsFromText(other)).toBeUndefined();
  }
});
