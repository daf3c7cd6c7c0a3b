import fc from 'fast-check';
import { judgeNumber, judgeStoredNumber } from '../../functions/domain/exact-number';
import { exactly } from '../support/exact-decimals';

test.each([
  '0', '-0', '0.0', '0e0', '-0.000E-999', '0e99999999999999999999', '1', '1.0', '100', '1e2', '1E+2', '100e-2',
  '0.1', '-0.25', '12.50', '0.30000000000000004', '1.7976931348623157e308', '1.7976931348623157E+308', '5e-324',
  '9007199254740991', '-9007199254740991', '9007199254740991.0', '9.007199254740991e15', '1e21', '6.02214076e23',
  '1.0000000000000000000000000000000', `0.${'0'.repeat(400)}1e400`, `1${'0'.repeat(400)}e-400`, '1e0000000000000000001',
])('%s arrives as the same number and is accepted', (text) => {
  expect(judgeNumber(text)).toBeUndefined();
}); // prettier-ignore

test.each([
  ['9007199254740993', 'changed'],
  ['-9007199254740993', 'changed'],
  ['8202522731445525542', 'changed'],
  ['8.202522731445525542e18', 'changed'],
  ['0.1234567890123456789', 'changed'],
  ['0.10000000000000001', 'changed'],
  ['9007199254740991.4', 'changed'],
  ['1.00000000000000000000000000001', 'changed'],
  ['1e309', 'changed'],
  ['1e400', 'changed'],
  [`1.${'0'.repeat(2_000)}`, 'changed'],
  ['-1E400', 'changed'],
  ['1e99999999999999999999', 'changed'],
  ['1e-400', 'changed'],
  ['4.9e-324', 'changed'],
  ['1e-99999999999999999999', 'changed'],
  ['9'.repeat(400), 'changed'],
  [`0.${'0'.repeat(400)}1`, 'changed'],
  ['9007199254740992', 'unsafe'],
  ['-9007199254740992', 'unsafe'],
  ['8202522731445526000', 'unsafe'],
  ['8202522731445525500', 'changed'],
  ['100000000000000000000', 'unsafe'],
  ['1e20', 'unsafe'],
  ['1000000000000000000000', 'unsafe'],
])('%s is refused, because it would be %s', (text, fault) => {
  expect(judgeNumber(text)).toBe(fault);
});

const digits = fc.stringMatching(/^\d{1,25}$/);
const number = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(
      digits.map((text) => text.replace(/^0+(?=\d)/, '')),
      fc.constantFrom('0', '9007199254740991'),
    ),
    fc.option(fc.oneof(digits, fc.constantFrom('0', '000000000000000000000')), { nil: undefined }),
    fc.option(fc.tuple(fc.constantFrom('e', 'E', 'e+', 'e-', 'E-'), fc.integer({ min: 0, max: 330 })), {
      nil: undefined,
    }),
  )
  .map(([sign, whole, fraction, exponent]) =>
    [sign, whole, fraction === undefined ? '' : `.${fraction}`, ...(exponent ?? [])].join(''),
  );
const written = fc.oneof(
  number,
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer().map(String),
);

test('a number is judged as arithmetic with arbitrary precision judges it, and so is what is written from it', () => {
  fc.assert(
    fc.property(written, (text) => {
      const value = Number(text);
      const sent = JSON.stringify(value);
      const isKept = Number.isFinite(value) && exactly(sent) === exactly(text);

      expect(judgeStoredNumber(text)).toBe(isKept ? undefined : 'changed');
      expect(judgeNumber(text) === 'changed').toBe(!isKept);
      const isUnsafe = isKept && /^-?\d+$/.test(text) && !Number.isSafeInteger(value);
      expect(isUnsafe && judgeNumber(text) !== 'unsafe').toBe(false);
      // What the product writes is accepted again: a recipe that was exported, a run's input that is sent once more.
      expect(judgeNumber(judgeNumber(text) === undefined ? sent : '0')).toBeUndefined();
    }),
    { numRuns: 2000 },
  );
});
