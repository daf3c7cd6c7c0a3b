import * as z from 'zod/mini';
import { workflowPatchSchema, workflowWriteSchema } from '../../../functions/domain/workflow/workflow';
import { bodyFaults, numericId, parseBody, parseQuery, queryFaults } from '../../../functions/edge/http/parse-request';
import { queryNumber } from '../../../functions/edge/http/query-number';
import { queryTime } from '../../../functions/edge/http/query-text';

describe('the list of faults of a body', () => {
  it.each<[unknown, object[]]>([
    [[], [{ pointer: '#', code: 'invalid_type', detail: 'Must be an object.' }]],
    [null, [{ pointer: '#', code: 'invalid_type', detail: 'Must be an object.' }]],
    [{}, [{ pointer: '#', code: 'required', detail: 'Send active, tool, or both.' }]],
    [{ active: 1 }, [{ pointer: '#/active', code: 'invalid_type', detail: 'Must be a boolean.' }]],
    [
      { active: true, name: 'x' },
      [{ pointer: '#/name', code: 'unrecognized_keys', detail: 'Unknown key; remove it.' }],
    ],
    [
      JSON.parse('{"active": true, "__proto__": 1}'),
      [{ pointer: '#/__proto__', code: 'unrecognized_keys', detail: 'Unknown key; remove it.' }],
    ],
  ])('has a pointer and a sentence for each fault: %j', (body, faults) => {
    expect(bodyFaults(workflowPatchSchema, body)).toEqual(faults);
  });

  it('has all faults at once', () => {
    const body = { name: '', description: 'x'.repeat(1001), active: 'yes', recipe: {}, labels: [] };

    expect(bodyFaults(workflowWriteSchema, body).map(({ pointer, detail }) => `${pointer} ${detail}`)).toEqual([
      '#/name Must have at least 1 character that can be seen.',
      '#/description Must have at most 1000 characters.',
      '#/active Must be a boolean.',
      '#/labels Unknown key; remove it.',
    ]);
  });

  it('is empty if the body is valid', () => {
    expect(bodyFaults(workflowPatchSchema, { active: false })).toEqual([]);
    expect(parseBody(workflowPatchSchema, { active: false })).toEqual({ active: false });
  });

  it('has up to 100 faults, and the message has the first one and says that there are more', () => {
    const body = Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`key${n}`, n] as const));

    expect(() => parseBody(z.strictObject({}), body)).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        message:
          'The request is not valid. First: #/key0: Unknown key; remove it. There are more faults than the 100 listed; the rest show once these are mended.',
        faults: Array.from({ length: 100 }, (_, n) => expect.objectContaining({ pointer: `#/key${n}` })),
      }),
    );
  });
});

it.each([
  ['x'.repeat(200), `#/${'x'.repeat(200)}`],
  ['x'.repeat(201), `#/${'x'.repeat(200)}%E2%80%A6`],
])('a fault at a key of more than 200 characters names the beginning of the key', (key, pointer) => {
  expect(bodyFaults(z.strictObject({}), { [key]: 1 })).toEqual([
    { pointer, code: 'unrecognized_keys', detail: 'Unknown key; remove it.' },
  ]);
});

describe('a query', () => {
  const schema = z.strictObject({
    limit: queryNumber({ min: 1, max: 100, fallback: 25 }),
    status: z.optional(z.enum(['failed', 'succeeded'])),
    created_after: z.optional(queryTime),
  });
  const faults = (text: string) =>
    queryFaults(schema, new URLSearchParams(text)).map(
      ({ parameter, code, detail }) => `${parameter} ${code}: ${detail}`,
    );

  it('is read with its defaults', () => {
    expect(parseQuery(schema, new URLSearchParams(''))).toEqual({ limit: 25 });
    expect(parseQuery(schema, new URLSearchParams('limit=100&status=failed'))).toEqual({
      limit: 100,
      status: 'failed',
    });
  });

  it.each([
    ['limit=0', 'limit too_small: Must be at least 1.'],
    ['limit=101', 'limit too_big: Must be at most 100.'],
    ['limit=-1', 'limit too_small: Must be at least 1.'],
    ['limit=ten', 'limit invalid_format: Must be a whole number.'],
    ['limit=1.5', 'limit invalid_format: Must be a whole number.'],
    ['limit=1e1', 'limit invalid_format: Must be a whole number.'],
    ['limit=', 'limit invalid_format: Must be a whole number.'],
    ['limit=99999999999999999999', 'limit invalid_format: Must be a whole number.'],
    ['status=lost', 'status invalid_value: Must be one of: failed, succeeded.'],
    ['status=', 'status invalid_value: Must be one of: failed, succeeded.'],
    ['state=failed', 'state unrecognized_keys: Unknown parameter; remove it.'],
    ['__proto__=1', '__proto__ unrecognized_keys: Unknown parameter; remove it.'],
    ['a%20b=1', 'a b unrecognized_keys: Unknown parameter; remove it.'],
    ['limit=5&limit=6', 'limit repeated: Give this parameter once.'],
  ])('%s is refused and names its parameter', (text, fault) => {
    expect(faults(text)).toEqual([fault]);
  });

  it.each([
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.000Z'],
    ['2026-01-31T12:00:00.5Z', '2026-01-31T12:00:00.500Z'],
    ['2026-01-31T12:00:00%2B02:00', '2026-01-31T10:00:00.000Z'],
    ['2026-01-31T12:00:00+02:00', '2026-01-31T10:00:00.000Z'],
    ['2026-01-31T12:00:00.5-00:30', '2026-01-31T12:30:00.500Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    ['9999-12-31T23:59:59%2B05:00', '9999-12-31T18:59:59.000Z'],
  ])('reads the time %s as %s', (text, time) => {
    expect(parseQuery(schema, new URLSearchParams(`created_after=${text}`)).created_after).toBe(time);
  });

  it.each([
    'yesterday',
    '2026-01-31',
    '2026-01-31T12:00:00',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-31T24:00:00Z',
    '2026-01-31T12:00:60Z',
    '2026-01-31T12:00:00%2B25:00',
    '2026-01-31+12:00:00Z',
    '2026-01-31T12:00:00++02:00',
    '1000000000000',
    '',
  ])('refuses the time %j', (text) => {
    expect(faults(`created_after=${text}`)).toEqual([
      'created_after invalid_format: Must be an RFC 3339 time, such as 2026-01-31T12:00:00Z.',
    ]);
  });
});

it.each([
  '9999-12-31T23:59:59-05:00',
  '9999-12-31T23:00:00-01:00',
  '0000-01-01T00:00:00%2B00:01',
  '0000-01-01T01:00:00+02:00',
])('the time %s, which is another year in UTC than four digits can say, is refused and not sorted as text', (text) => {
  const schema = z.strictObject({ at: queryTime });

  expect(queryFaults(schema, new URLSearchParams(`at=${text}`))).toEqual([
    { parameter: 'at', code: 'out_of_range', detail: 'Must be in the years 0000 to 9999 of UTC.' },
  ]);
});

describe('an id in a path', () => {
  it.each([
    ['1', 1],
    ['9999999999', 9_999_999_999],
  ])('%s is the number %d', (text, id) => {
    expect(numericId(text)).toBe(id);
  });

  it.each([undefined, '', '0', '-1', '01', '1.0', '1e3', ' 1', '１', '10000000000', 'constructor'])(
    '%j is an id that never exists',
    (text) => {
      expect(numericId(text)).toBe(0);
    },
  );
});
