import { decodeTime, ulid } from 'ulid';
import {
  deliveryIdOf,
  disabledEventId,
  eventIdOf,
  isDeliveryId,
  runEndEventId,
  stepEventId,
  testEventId,
} from '../../../functions/domain/delivery/ids';
import { isEndpointId, newEndpointId } from '../../../functions/domain/endpoint/id';
import { ulidTime } from '../../../functions/domain/ulid';

const uid = 'run_01JD4N3Q5T8V9WXYZ0ABCDEFGH';
const endpointId = 'ep_0123456789';

test('a delivery id is derived from run, step and endpoint, and contains the id of its event', () => {
  const eventId = stepEventId(uid, 7);
  const id = deliveryIdOf(eventId, 'ep_abcdefghjk');

  expect(id).toBe('dlv_01JD4N3Q5T8V9WXYZ0ABCDEFGH07ABCDEFGHJK');
  expect(eventIdOf(id)).toBe(eventId);
  expect(isDeliveryId(id)).toBe(true);
});

test('events of every cause have different ids of the same form', () => {
  const events = [
    stepEventId(uid, 0),
    stepEventId(uid, 49),
    runEndEventId(uid),
    testEventId(ulid()),
    disabledEventId(endpointId, '2026-11-22T12:00:00.000Z'),
  ];

  expect(new Set(events).size).toBe(events.length);
  for (const event of events) expect(isDeliveryId(deliveryIdOf(event, endpointId))).toBe(true);
});

test('the id of an endpoint.disabled event is the same for every sender, and sorts by its time', () => {
  const at = '2026-11-22T12:00:00.000Z';

  expect(disabledEventId(endpointId, at)).toBe(disabledEventId(endpointId, at));
  expect(disabledEventId(endpointId, at)).not.toBe(disabledEventId('ep_0000000000', at));
  expect(decodeTime(disabledEventId(endpointId, at).slice(0, 26))).toBe(Date.parse(at));
  expect(ulidTime(Date.parse(at))).toBe(ulid(Date.parse(at)).slice(0, 10));
});

test('endpoint ids have the right form and do not repeat', () => {
  const ids = Array.from({ length: 1000 }, newEndpointId);

  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) expect(isEndpointId(id)).toBe(true);
});

test.each([
  '',
  'dlv_',
  'dlv_x',
  'dlv_01jd4n3q5t8v9wxyz0abcdefgh07abcdefghjk',
  `dlv_${'A'.repeat(39)}`,
  'A'.repeat(42),
  `dlv_${'I'.repeat(38)}`,
  '../../x',
])('%j cannot be a delivery', (text) => {
  expect(isDeliveryId(text)).toBe(false);
});
