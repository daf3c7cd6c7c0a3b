import { Ajv2020 } from 'ajv/dist/2020';
import fc from 'fast-check';
import { inputsSchema, type Inputs } from '../../functions/domain/workflow/input/declaration';
import { fillInput } from '../../functions/domain/workflow/input/fill-input';
import { inputJsonSchema } from '../../functions/domain/workflow/input/json-schema';
import { times } from './check';

/**
 * Agents see a workflow's inputs as JSON Schema, and a validator that others wrote judges by it. The product must accept and
 * refuse the same values.
 */
const bound = fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined });
const text = fc.string({ maxLength: 5, unit: 'grapheme' });
const number = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constant(-0),
);
const value = fc.oneof(
  text,
  number,
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.integer(), { maxLength: 5 }),
  fc.dictionary(fc.string(), fc.integer(), { maxKeys: 2 }),
);
const required = fc.option(fc.boolean(), { nil: undefined });
const choices = <T>(of: fc.Arbitrary<T>) =>
  fc.option(fc.uniqueArray(of, { minLength: 1, maxLength: 3 }), { nil: undefined });
const declaration = fc.oneof(
  fc.record({ type: fc.constant('string'), required, min: bound, max: bound, enum: choices(text) }),
  fc.record({ type: fc.constant('number'), required, min: bound, max: bound, enum: choices(number) }),
  fc.record({
    type: fc.constant('integer'),
    required,
    min: bound,
    max: bound,
    enum: choices(fc.integer({ min: 0, max: 4 })),
  }),
  fc.record({ type: fc.constant('boolean'), required }),
  fc.record({ type: fc.constant('object'), required }),
  fc.record({ type: fc.constant('array'), required, min: bound, max: bound }),
);
const names = fc.constantFrom('a', 'b', 'valueOf2');

test('an input is accepted exactly if a validator of JSON Schema accepts it', () => {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  const verdicts = new Set<boolean>();

  fc.assert(
    fc.property(
      fc.dictionary(names, declaration, { noNullPrototype: true }),
      fc.array(fc.dictionary(names, value, { noNullPrototype: true }), { minLength: 1, maxLength: 5 }),
      (declared, sent) => {
        const { data } = inputsSchema.safeParse(withoutUndefined(declared));
        fc.pre(data !== undefined);
        const inputs: Inputs = data;
        const validate = ajv.compile(inputJsonSchema(inputs));
        for (const input of sent) {
          const { faults } = fillInput(inputs, input);
          verdicts.add(faults.length === 0);
          // What our rule holds beyond JSON Schema: whole numbers are those that every program counts exactly.
          if (Object.values(input).some((one) => Number.isInteger(one) && !Number.isSafeInteger(one))) continue;
          expect([faults.length === 0, faults]).toEqual([validate(input), faults]);
        }
      },
    ),
    times(500),
  );
  expect([...verdicts].sort()).toEqual([false, true]);
});

function withoutUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
