import fc from 'fast-check';
import { declaredIn } from '../../dashboard/src/workflow/declared-inputs';
import { limitsInWords } from '../../dashboard/src/workflow/input-words';
import { fieldOf, readField } from '../../dashboard/src/run-now/input/field-text';
import { judgeInput } from '../../dashboard/src/run-now/input/judge-input';
import { keepLastValues, lastValues } from '../../dashboard/src/run-now/input/last-values';
import { otherView } from '../../dashboard/src/run-now/input/other-view';
import { readNumber } from '../../dashboard/src/run-now/input/read-number';
import { emptyForm, formOf, readForm, type RunForm } from '../../dashboard/src/run-now/input/run-form';
import { markMissing } from '../../dashboard/src/run-now/preview/marked';
import { constraintOf } from '../../dashboard/src/run-now/form/constraint';
import { forgetLastInputs } from '../../dashboard/src/session/last-inputs';
import { judgeNumber } from '../../functions/domain/exact-number';
import { inexactPlaces } from '../../functions/domain/inexact-places';
import type { JsonObject } from '../../functions/domain/json';
import { inputsSchema, type Input, type Inputs } from '../../functions/domain/workflow/input/declaration';
import { fillInput } from '../../functions/domain/workflow/input/fill-input';
import { TabStorage } from './tab-storage';

const name = fc.constantFrom('campaign', 'n', 'size', 'loud', 'who', 'tags');
const text = fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom('', 'S', '🎈🎈', '5', '\n'));
const number = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0.5, -0, 1e21, 1.5));
const value = fc.oneof(text, number, fc.boolean(), fc.constant(null), fc.jsonValue({ maxDepth: 1 }));
const bound = fc.integer({ min: 0, max: 3 });
const optional = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

const ofType: Record<Input['type'], fc.Arbitrary<unknown>> = {
  string: text,
  number,
  integer: fc.integer({ min: -1, max: 4 }),
  boolean: fc.boolean(),
  object: fc.constant({ a: 1 }),
  array: fc.array(fc.constant(1), { maxLength: 4 }),
};
const hasBounds = (type: string) => !['boolean', 'object'].includes(type);
const hasChoices = (type: string) => ['string', 'number', 'integer'].includes(type);
const declaration = fc.constantFrom(...(Object.keys(ofType) as Input['type'][])).chain((type) =>
  fc.record({
    type: fc.constant(type),
    required: optional(fc.boolean()),
    default: optional(ofType[type]),
    ...(hasBounds(type) && { min: optional(bound), max: optional(bound) }),
    ...(hasChoices(type) && {
      enum: fc.option(fc.uniqueArray(ofType[type], { minLength: 1 }), { freq: 1, nil: undefined }),
    }),
  }),
);

/** Declarations as an author writes them. Those that the API would not accept are left out. */
const declarations: fc.Arbitrary<Inputs> = fc
  .dictionary(name, declaration)
  .map((inputs) =>
    Object.fromEntries(
      Object.entries(inputs).filter(([key, one]) => inputsSchema.safeParse(withoutAbsent(key, one)).success),
    ),
  )
  .map((inputs) => inputsSchema.parse(JSON.parse(JSON.stringify(inputs))));
const free = fc.dictionary(fc.oneof(name, fc.string({ maxLength: 3 })), value).map(asJson);

/** Declarations, and an input that names what they do, often with a value of the type. */
const declaredAndSent = declarations.chain((inputs) =>
  fc.tuple(
    fc.constant(inputs),
    fc
      .tuple(
        free,
        fc.record(
          Object.fromEntries(
            Object.entries(inputs).map(([key, { type }]) => [key, fc.oneof(ofType[type], ofType[type], value)]),
          ),
          { requiredKeys: [] },
        ),
      )
      .map(([others, declared]) => asJson({ ...others, ...declared })),
  ),
);

function withoutAbsent(key: string, one: object) {
  return JSON.parse(JSON.stringify({ [key]: one }));
}
function asJson(one: unknown): JsonObject {
  return JSON.parse(JSON.stringify(one));
}
const declaring = (inputs: Record<string, Partial<Input> & Pick<Input, 'type'>>) =>
  declaredIn({ inputs: inputsSchema.parse(inputs) });
const typed = (fields: Record<string, string>, rest: Partial<RunForm> = {}): RunForm => ({
  ...emptyForm,
  fields: Object.fromEntries(Object.entries(fields).map(([key, one]) => [key, { text: one, sendsEmpty: false }])),
  ...rest,
});

test('the page and the API judge every input alike', () => {
  let judged = 0;
  fc.assert(
    fc.property(declaredAndSent, ([inputs, sent]) => {
      const theirs = fillInput(inputs, sent).faults.map(({ pointer, code }) => [pointer?.split('/').at(-1), code]);
      const own = [...judgeInput(declaredIn({ inputs }), sent)].map(([key, { code }]) => [key, code]);

      judged += theirs.length;
      expect(own).toEqual(theirs);
    }),
    { numRuns: 500 },
  );
  expect(judged).toBeGreaterThan(200);
});

test('a form that holds an input sends the same input, and shows it the same after it was JSON', () => {
  fc.assert(
    fc.property(declaredAndSent, ([inputs, sent]) => {
      // The API accepts no number that parsing changes.
      fc.pre(inexactPlaces(JSON.stringify(sent), judgeNumber, 1).length === 0);
      const declared = declaredIn({ inputs });
      const { form, misfits } = formOf(declared, sent);
      const kept = asJson(Object.fromEntries(Object.entries(sent).filter(([key]) => !misfits.includes(key))));

      expect(readForm(declared, form).input ?? {}).toEqual(kept);
      const json = otherView(declared, form).form!;
      expect(readForm(declared, json).input ?? {}).toEqual(kept);
      expect(otherView(declared, json).form).toEqual(form);
    }),
    { numRuns: 300 },
  );
});

test('what is left empty is not sent, and an empty text only if it was asked for', () => {
  const declared = declaring({
    a: { type: 'string' },
    b: { type: 'integer' },
    c: { type: 'boolean' },
    d: { type: 'array' },
  });
  const asked = { ...emptyForm, fields: { a: { text: '', sendsEmpty: true }, b: { text: ' ', sendsEmpty: true } } };

  expect(readForm(declared, emptyForm).input).toBeUndefined();
  expect(readForm(declared, asked).input).toEqual({ a: '' });
  expect(readField(declared[0]![1], { text: ' ', sendsEmpty: false }).value).toBe(' ');
});

test.each([
  ['12', 12],
  [' 1.50 ', 1.5],
  ['+7', 7],
  ['.5', 0.5],
  ['007', 7],
  ['−3', -3],
  ['1e3', 1000],
])('the number %j is read', (written, read) => expect(readNumber(written)).toEqual({ value: read }));

test.each([
  ['1,5', 'Write 1.5: decimals follow a point.'],
  ['1,500', 'Write 1.500 or 1500: a comma can mean either.'],
  ['1,234,567', 'Write the number without commas, with a point before decimals.'],
  ['12 apples', 'Must be a number, such as 12 or 1.5.'],
  ['0x10', 'Must be a number, such as 12 or 1.5.'],
  ['Infinity', 'Must be a number, such as 12 or 1.5.'],
  ['9007199254740993', 'Is too large to be kept exactly: whole numbers go up to 9007199254740991.'],
  ['1e400', 'Is too large to be kept exactly: whole numbers go up to 9007199254740991.'],
  ['0.12345678901234567', 'Has more digits than can be kept: it would become 0.12345678901234566. Leave some out.'],
])('the number %j is refused in words', (written, fault) => expect(readNumber(written)).toEqual({ fault }));

test('every number that is sent is the one that was typed', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[+-]?\d{1,20}(\.\d{0,20})?(e[+-]?\d{1,3})?$/), (written) => {
      const { value: read } = readNumber(written);

      expect(read === undefined || judgeNumber(JSON.stringify(read)) === undefined).toBe(true);
    }),
  );
});

test('invalid text stays in its view, and says so at its field', () => {
  const declared = declaring({
    n: { type: 'integer' },
    who: { type: 'object' },
    size: { type: 'string', enum: ['S'] },
  });
  const stuck = (form: RunForm) => Object.fromEntries(otherView(declared, form).faults ?? []);

  expect(stuck(typed({ n: '1,5', who: '{' }))).toEqual({
    n: expect.stringContaining('1.5'),
    who: expect.stringMatching(/^The text cannot be used as JSON/),
  });
  expect(Object.keys(stuck(typed({ n: '1', who: '{' })))).toEqual(['who']);
  expect(Object.keys(stuck(typed({}, { extra: '[1]' })))).toEqual(['']);
  expect(stuck(typed({}, { extra: '{"n": 1}' }))['']).toBe(
    'n has a field of its own: enter it there, and remove it here.',
  );
  expect(stuck(typed({}, { view: 'json', text: '{"n": 1,}' }))['']).toMatch(/^The text cannot be used as JSON/);
  expect(stuck(typed({}, { view: 'json', text: '{"n": "1", "size": "XL"}' }))['']).toMatch(
    /^The form cannot show this yet\. n: Must be a whole number.* size: Must be one of: “S”\.$/,
  );
});

test('the last values are offered to the same person for the same workflow, as far as they fit still', () => {
  const storage = new TabStorage();
  const ada = { email: 'ada@example.com', tenantId: 'acme', workflowId: 3 };
  const declared = declaring({ a: { type: 'string' }, n: { type: 'integer' } });
  keepLastValues(ada, declared, { a: 'Spring', n: 5, free: 'x' }, storage);

  expect(lastValues(ada, declared, storage)).toEqual({ a: 'Spring', n: 5 });
  expect(lastValues(ada, declaring({ a: { type: 'integer' }, n: { type: 'integer', max: 9 } }), storage)).toEqual({
    n: 5,
  });
  expect(lastValues(ada, declaring({ other: { type: 'string' } }), storage)).toBeUndefined();
  for (const other of [{ email: 'eve@example.com' }, { tenantId: 'other' }, { workflowId: 4 }])
    expect(lastValues({ ...ada, ...other }, declared, storage)).toBeUndefined();
  keepLastValues({ ...ada, workflowId: 4 }, declared, { a: 'Other' }, storage);
  expect(lastValues(ada, declared, storage)).toEqual({ a: 'Spring', n: 5 });
  forgetLastInputs(storage);
  expect(storage.length).toBe(0);
});

test('the last values of 30 workflows are kept, and what a storage holds that is broken or full does not disturb', () => {
  const storage = new TabStorage();
  const declared = declaring({ a: { type: 'string' } });
  const of = (workflowId: number) => ({ email: 'ada@example.com', tenantId: 'acme', workflowId });
  for (let id = 0; id <= 30; id += 1) keepLastValues(of(id), declared, { a: `run ${id}` }, storage);

  expect(lastValues(of(0), declared, storage)).toBeUndefined();
  expect(lastValues(of(1), declared, storage)).toEqual({ a: 'run 1' });
  for (const broken of ['{', '[]', '{"email":"ada@example.com","inputs":[1,[2],["acme|1"]]}']) {
    storage.setItem('workflows.last-inputs', broken);
    expect(lastValues(of(1), declared, storage)).toBeUndefined();
  }
  storage.setItem = () => {
    throw new Error('QuotaExceededError');
  };
  expect(() => keepLastValues(of(1), declared, { a: 'x' }, storage)).not.toThrow();
});

test('limits, defaults and examples are said in words', () => {
  const words = (one: Parameters<typeof declaring>[0][string]) => constraintOf(declaring({ a: one })[0]![1]);

  expect(words({ type: 'string', required: true, min: 2, max: 20, example: 'Spring' })).toBe(
    'Text, 2 to 20 characters. Example: “Spring”.',
  );
  expect(words({ type: 'integer', min: 1, default: 5000 })).toBe(
    'Whole number, at least 1. If left empty, 5000 is used.',
  );
  expect(words({ type: 'array', max: 1 })).toBe('JSON list, at most 1 item. May be left out.');
  expect(words({ type: 'string', enum: ['S'] })).toBe('');
  expect(limitsInWords(declaring({ a: { type: 'string', min: 4, max: 4 } })[0]![1])).toBe('Exactly 4 characters');
});

test('only placeholders whose value is missing are marked in a text', () => {
  const marked = (shown: string) => markMissing(shown, ['x', 'a.b']).filter(({ isMissing }) => isMissing);

  expect(marked('Hi {{input.x}}, {{ input.a.b }} and {{input.y}} {{x}}').map((part) => part.text)).toEqual([
    '{{input.x}}',
    '{{ input.a.b }}',
  ]);
  expect(
    markMissing('{"a": "{{input.x | json}}"}', ['x'])
      .map((part) => part.text)
      .join(''),
  ).toBe('{"a": "{{input.x | json}}"}');
});

test('a value that a field cannot show is not put into it', () => {
  const [[, size], [, n]] = declaring({ size: { type: 'string', enum: ['S'] }, n: { type: 'number' } }) as never as [
    [string, Input],
    [string, Input],
  ];

  expect([fieldOf(size, 'XL'), fieldOf(n, '5'), fieldOf(size, 'S')]).toEqual([
    undefined,
    undefined,
    { text: '"S"', sendsEmpty: false },
  ]);
});
