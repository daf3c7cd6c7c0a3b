import { repeatedName, newInput } from '../../../dashboard/src/pages/recipe-editor/draft/inputs';
import {
  namedInputs,
  placeholderFor,
  renamedIn,
  suggestionsIn,
  usesOf,
  withName,
} from '../../../dashboard/src/pages/recipe-editor/draft/placeholders';
import { newStep } from '../../../dashboard/src/pages/recipe-editor/draft/recipe';

test.each([
  ['{{input.a}}', '{{input.b}}'],
  ['{{ input.a.deep | json }}', '{{ input.b.deep | json }}'],
  ['{{input.ab}} {{input.x.a}} input.a', '{{input.ab}} {{input.x.a}} input.a'],
])('an input is renamed where it is named, and nowhere else: %s', (before, after) => {
  expect(withName(before, 'a', 'b')).toBe(after);
});

test('steps that do not name a renamed input stay the same objects', () => {
  const steps = [
    { ...newStep('log'), message: '{{input.a}}' },
    { ...newStep('log'), message: 'x' },
  ];

  const renamed = renamedIn(steps, 'a', 'b');

  expect(usesOf(steps, 'a')).toBe(1);
  expect(renamed[0]?.message).toBe('{{input.b}}');
  expect(renamed[1]).toBe(steps[1]);
  expect(namedInputs(renamed)).toEqual(['b']);
});

test('what a warning suggests can be taken', () => {
  const typo = suggestionsIn('campaing is not an input of this recipe: did you mean campaign?')[0]!;
  expect(typo.label).toBe('Use campaign');
  expect(typo.apply('For {{input.campaing}}')).toBe('For {{input.campaign}}');
  const bare = suggestionsIn('{{who}} is never filled in: did you mean {{input.who}}? If it is meant …')[0]!;
  expect(bare.apply('Hi {{who}}')).toBe('Hi {{input.who}}');

  expect(suggestionsIn('x is not an input of this recipe: declare it in inputs, or remove it.')).toEqual([]);
});

test('a placeholder in JSON has quotation marks unless it is between some already, and keeps a type that is not text', () => {
  expect(placeholderFor('n', 'integer', 'For ', false)).toBe('{{input.n}}');
  expect(placeholderFor('n', 'string', '{ "a": ', true)).toBe('"{{input.n}}"');
  expect(placeholderFor('n', 'integer', '{ "a": ', true)).toBe('"{{input.n | json}}"');
  expect(placeholderFor('n', 'integer', '{ "a": "\\" and ', true)).toBe('{{input.n}}');
});

test('a name that two inputs have is found, white space at its ends aside', () => {
  expect(repeatedName([newInput('a'), newInput('b'), newInput('a ')])).toBe('a');
  expect(repeatedName([newInput('a'), newInput('b')])).toBeUndefined();
});
