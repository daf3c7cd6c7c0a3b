import { ApiError } from '../../dashboard/src/api/api-error';
import { faultOfField, faultsOfField, fieldsAtFault } from '../../dashboard/src/api/field-faults';
import { placeInWords } from '../../dashboard/src/parts/form/place-in-words';

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

test('a fault names the part of the value, and speaks of what the form calls it', () => {
  const error = refusedFor([
    ['#/headers/x-a~1b', 'Is reserved.'],
    ['#/events', 'Must have at least 1 item.'],
  ]);

  expect(faultsOfField(error, 'headers')).toEqual([{ part: 'x-a/b', text: 'Is reserved.' }]);
  expect(faultOfField(error, 'events', 'event')).toBe('Must have at least 1 event.');
});

test('the refusal is left out only when the fields show all of its faults', () => {
  const inName = refusedFor([['#/name', 'Is too long.']]);
  const inNameAndScopes = refusedFor([
    ['#/name', 'Is too long.'],
    ['#/scopes', 'Choose one.'],
  ]);

  expect(fieldsAtFault(inName, ['name'])).toBe(1);
  expect(fieldsAtFault(inNameAndScopes, ['name', 'scopes', 'url'])).toBe(2);
  expect(fieldsAtFault(inNameAndScopes, ['name'])).toBe(0);
  expect(fieldsAtFault(refusedFor([]), ['name'])).toBe(0);
  expect(fieldsAtFault(new Error('offline'), ['name'])).toBe(0);
});

test.each([
  ['#/recipe/steps/2/seconds', 'Step 3, seconds'],
  ['#/steps/0', 'Step 1'],
  ['#/recipe', 'Recipe'],
  ['#/name', 'Name'],
  ['#/max_per_second', 'Attempts a second'],
  ['#/headers/x-a%20b', 'Headers, x-a b'],
  ['#/events/1', 'Events, entry 2'],
  ['#', ''],
])('the place %s is shown as "%s"', (pointer, place) => {
  expect(placeInWords({ pointer })).toBe(place);
});

test('a parameter and a header are named in words too', () => {
  expect(placeInWords({ parameter: 'created_after' })).toBe('Created after');
  expect(placeInWords({ header: 'Idempotency-Key' })).toBe('Idempotency-Key');
});
