import fc from 'fast-check';
import type { JsonSchema } from '../support/document/schema-places';

/** Strings that are known to break parsers, keys or logs. */
export const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    'null',
    'undefined',
    'NaN',
    '-1',
    '1e999',
    '9007199254740993',
    '__proto__',
    'constructor',
    '#/../..',
    'T#other#RUN',
    '{{input.a}}',
    "' OR 1=1 --",
    '<script>alert(1)</script>',
    '\u202eabc',
    '🧨'.repeat(300),
    'x'.repeat(5000),
  ),
);

/** Any JSON, deep and with odd keys. */
export const oddJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  oddText,
  fc.constantFrom<unknown>(0, -0, 1.5, -1, 2 ** 53, 1e308, true, null, [], {}, [[[[]]]]),
  fc.integer({ min: 1, max: 200 }).map((levels) => JSON.parse('['.repeat(levels) + ']'.repeat(levels))),
  fc.constantFrom('__proto__', 'constructor', '').map((key) => JSON.parse(`{"${key}": {"a": 1}}`)),
);

/** Mostly what `schema` asks for; now and then, anywhere in it, something else. */
export function fromSchema(schema: JsonSchema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary: asAsked(schema) }, { weight: 1, arbitrary: oddJson });
}

function asAsked(schema: JsonSchema): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map(fromSchema));
  switch (schema.type) {
    case 'object':
      return objectOf(schema);
    case 'array':
      return fc.array(fromSchema(schema.items ?? {}), { maxLength: 4 });
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? -5, max: Math.min(schema.maximum ?? 100, 100) });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return fc.oneof(fc.constantFrom(...usual), oddText);
    default:
      return oddJson;
  }
}

/** Strings that are valid somewhere in the product. */
const usual = [
  'Spring Promo',
  'campaign.kickoff',
  'campaign.*',
  '*',
  'https://hooks.example.com/in',
  '2026-11-22T12:00:00Z',
  'Hello {{input.a}}',
];

function objectOf({ properties = {}, required = [] }: JsonSchema): fc.Arbitrary<unknown> {
  const known = Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, fromSchema(child)]));
  const asDescribed = fc.record(known, { requiredKeys: [...required] });
  return fc.oneof(
    { weight: 8, arbitrary: asDescribed },
    { weight: 1, arbitrary: fc.record(known, { requiredKeys: [] }) },
    {
      weight: 1,
      arbitrary: fc.tuple(asDescribed, oddText, oddJson).map(([value, key, odd]) => ({ ...value, [key]: odd })),
    },
  );
}
