import { ApiError } from '../../dashboard/src/api/api-error';
import { areShownAtFields, faultOfField } from '../../dashboard/src/api/field-faults';

const refusedFor = (errors: [pointer: string, detail: string][]) =>
  new ApiError({
    title: 'Some values are not valid',
    status: 422,
    detail: 'See errors.',
    code: 'invalid_request',
    request_id: 'r',
    errors: errors.map(([pointer, detail]) => ({ pointer, code: 'invalid', detail })),
  });

test('a field shows every fault of itself and of its parts, and none of another field', () => {
  const error = refusedFor([
    ['#/events/0', 'Is not an event.'],
    ['#/events', 'Too many.'],
    ['#/events_of_another', 'Is unknown.'],
  ]);

  expect(faultOfField(error, 'events')).toBe('Is not an event. Too many.');
  expect(faultOfField(error, 'url')).toBe('');
  expect(faultOfField(null, 'events')).toBe('');
});

test('the refusal is left out only when the fields show all of its faults', () => {
  const inName = refusedFor([['#/name', 'Is too long.']]);
  const inNameAndScopes = refusedFor([
    ['#/name', 'Is too long.'],
    ['#/scopes', 'Choose one.'],
  ]);

  expect(areShownAtFields(inName, ['name'])).toBe(true);
  expect(areShownAtFields(inNameAndScopes, ['name'])).toBe(false);
  expect(areShownAtFields(refusedFor([]), ['name'])).toBe(false);
  expect(areShownAtFields(new Error('offline'), ['name'])).toBe(false);
});
