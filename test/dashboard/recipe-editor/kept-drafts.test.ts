import { draftOf, type EndpointDraft } from '../../../dashboard/src/endpoint/draft';
import { draftFromKept as endpointFromKept, keptOf as keptEndpoint } from '../../../dashboard/src/endpoint/kept';
import { unsendableHeaders } from '../../../dashboard/src/endpoint/own-faults';
import { draftFromKept, keptOf } from '../../../dashboard/src/pages/recipe-editor/draft/kept';
import {
  afterReading,
  draftStateOf,
  editOf,
  inView,
  isChanged,
} from '../../../dashboard/src/pages/recipe-editor/draft/state';
import { newInput } from '../../../dashboard/src/pages/recipe-editor/draft/inputs';
import { draftKey, newKeeper, readKept } from '../../../dashboard/src/parts/draft/keeper';
import { TabStorage } from '../tab-storage';

const key = draftKey('ada@example.com', 'pro', 'workflow 3');
const stored = { name: 'Promo', description: null, recipe: { steps: [{ type: 'log', message: 'a' }] }, etag: '"r1.x"' };

beforeEach(() => jest.useFakeTimers({ now: 1_000 }));
afterEach(() => jest.useRealTimers());

test('what is typed is kept a moment later, or at once when the page goes, and is forgotten when it is saved', () => {
  const storage = new TabStorage();
  const keeper = newKeeper(key, storage);

  keeper.keep(() => ({ name: 'a' }));
  expect(readKept(key, 'ada@example.com', storage)).toBeUndefined();
  jest.advanceTimersByTime(400);
  expect(readKept(key, 'ada@example.com', storage)).toEqual({ atMs: 1_400, value: { name: 'a' } });
  keeper.keep(() => ({ name: 'ab' }));
  keeper.flush();
  expect(readKept(key, 'ada@example.com', storage)?.value).toEqual({ name: 'ab' });
  keeper.end();
  keeper.keep(() => ({ name: 'abc' }));
  keeper.flush();

  expect(storage.length).toBe(0);
});

test('what one person left in a tab is not shown to another, and is removed', () => {
  const storage = new TabStorage();
  const keeper = newKeeper(key, storage);
  keeper.keep(() => ({ name: 'a' }));
  keeper.flush();

  expect(readKept(draftKey('eve@example.com', 'pro', 'workflow 3'), 'eve@example.com', storage)).toBeUndefined();
  expect(storage.length).toBe(0);
});

test('more than the tab has room for is not kept, and a storage that refuses does not disturb', () => {
  const storage = new TabStorage();
  const keeper = newKeeper(key, storage);
  keeper.keep(() => 'x'.repeat(600_000));
  keeper.flush();
  expect(storage.length).toBe(0);
  storage.setItem = () => {
    throw new Error('QuotaExceededError');
  };
  keeper.keep(() => 'x');

  expect(() => keeper.flush()).not.toThrow();
});

test('a draft of a recipe is the same after it was kept, in either view, with what is not valid yet', () => {
  const [step] = draftStateOf(stored).recipe.steps;
  const inputs = [{ ...newInput('campaign'), default: '{', isRequired: true }];
  const steps = {
    ...draftStateOf(stored),
    recipe: { inputs, continueOnError: true, steps: [{ ...step!, message: '{{' }] },
  };
  const text = { ...inView(steps, 'json'), text: '{ "steps": [' };

  for (const state of [steps, text]) {
    const again = draftFromKept(JSON.parse(JSON.stringify(keptOf(state))));
    expect(again && keptOf({ ...again, recipe: state.recipe })).toEqual(keptOf(state));
    expect(again && editOf(again)).toEqual(editOf(state));
  }
  expect(draftFromKept('of another release')).toBeUndefined();
});

test('a draft goes on from what others saved only if nothing can be lost by it', () => {
  const untouched = draftStateOf(stored);
  const typed = { ...untouched, name: 'Mine' };
  const theirs = { ...stored, name: 'Theirs', etag: '"r2.x"' };
  const deactivated = { ...stored, etag: '"r2.x"' };
  const mine = { ...stored, name: 'Mine', etag: '"r2.x"' };

  expect(afterReading(untouched, theirs)).toMatchObject({ name: 'Theirs', base: theirs });
  expect(afterReading(typed, theirs)).toBe(typed);
  expect(afterReading(typed, deactivated)).toMatchObject({ name: 'Mine', base: deactivated });
  expect(isChanged(afterReading(typed, mine))).toBe(false);
  expect(afterReading(typed, { ...theirs, etag: '"r1.later"' })).toBe(typed);
});

test('the values of headers are not kept, and a value that was typed has to be typed again', () => {
  const draft: EndpointDraft = {
    ...draftOf(undefined),
    url: 'https://a.example.com',
    headers: [
      ['x-stored', null],
      ['x-typed', 'secret'],
    ],
  };

  const kept = JSON.stringify(keptEndpoint(draft));

  expect(kept).not.toContain('secret');
  expect(endpointFromKept(JSON.parse(kept), undefined, [])).toMatchObject({
    url: 'https://a.example.com',
    headers: [
      ['x-stored', null],
      ['x-typed', ''],
    ],
  });
});

test('a header that cannot be sent is named, and not left out in silence', () => {
  const faults = unsendableHeaders([
    ['x-a', '1'],
    ['', 'a value'],
    ['x-a ', '2'],
    ['', ''],
  ]);

  expect([...faults.keys()]).toEqual([1, 2]);
});
