import type { Database } from '../../functions/aws/database';
import { paceKey } from '../../functions/aws/keys';
import { openStores } from '../../functions/aws/open-stores';
import { deliverBatch } from '../../functions/deliver-webhook/deliver-batch';
import { addSeconds } from '../../functions/domain/day';
import { endpointIdOf, deliveryIdOf, stepEventId } from '../../functions/domain/delivery/ids';
import { newEndpointId } from '../../functions/domain/endpoint/id';
import { connectionBroken, counted, interceptDatabase } from '../support/requests';
import { rowAt } from '../support/table';
import { receiverHost } from './https-receiver';
import { aFiringRun, startHarness, tenantId } from './harness';

let harness: Awaited<ReturnType<typeof startHarness>>;
beforeAll(async () => void (harness = await startHarness()));
afterAll(() => harness.stop());
beforeEach(() => harness.reset());

/** Delivers the visible messages with another database. */
async function deliverThrough(database: Database) {
  const messages = harness.queue.receive();
  const Records = messages.map((message, index) => ({ messageId: String(index), body: JSON.stringify(message) }));
  return deliverBatch({ ...harness.deps, ...openStores(database) }, { Records });
}

const paceOf = async (host: string) => (await rowAt(harness.table, paceKey(tenantId, host)))?.['pace'];
const namesIn = (requests: readonly { constructor: { name: string }; input: any }[]) =>
  requests.map(({ constructor, input }) => `${constructor.name.replace('Command', '')} ${input.Key.pk}`).sort();

test('claim, endpoint, event and turn of a fresh delivery are asked for at once', async () => {
  await harness.addEndpoint();
  await harness.fire();
  const held: { command: any; release: () => void }[] = [];
  const holding = interceptDatabase(harness.table, async (command, send) => {
    await new Promise<void>((resolve) => held.push({ command, release: resolve }));
    return send();
  });

  const delivering = deliverThrough(holding);
  await new Promise((resolve) => setImmediate(resolve));
  const together = namesIn(held.map(({ command }) => command));
  const releasing = setInterval(() => {
    for (const { release } of held.splice(0)) release();
  });
  await delivering;
  clearInterval(releasing);

  expect(together).toEqual([
    `Get T#${tenantId}`,
    `Get T#${tenantId}#DLV`,
    `Update T#${tenantId}#DLV`,
    `Update T#${tenantId}#PACE`,
  ]);
  expect(harness.receiver.received).toHaveLength(1);
});

test('an endpoint that moved while its message was under way gets its attempt at the new host, in a turn of that host', async () => {
  const { endpoint } = await harness.addEndpoint({ url: 'https://old.example.com/in' });
  await harness.fire();
  const url = `https://${receiverHost}/in`;
  const moved = { ...endpoint, url };
  await harness.endpoints.delete(tenantId, endpoint.id, harness.clock.now);
  await harness.addEndpoint({ ...moved, id: endpoint.id, url });

  await harness.deliverQueued();

  expect(harness.receiver.received).toHaveLength(1);
  expect(await paceOf(receiverHost)).toMatchObject({ sent: { [endpoint.id]: 1 } });
  expect(await harness.onlyDelivery()).toMatchObject({ status: 'delivered', attempts_made: 1 });
});

test('an endpoint whose rate was lowered while messages were under way gets no more than the new rate', async () => {
  const { endpoint } = await harness.addEndpoint({ max_per_second: 10 });
  for (let stepIndex = 0; stepIndex < 4; stepIndex += 1) await harness.fire({ stepIndex });
  await harness.endpoints.delete(tenantId, endpoint.id, harness.clock.now);
  await harness.addEndpoint({ ...endpoint, max_per_second: 1 });

  await harness.deliverQueued();

  expect(harness.receiver.received.length).toBeLessThanOrEqual(1);
  await harness.advance(30);
  expect(harness.receiver.received).toHaveLength(4);
});

test('ten fresh deliveries to one host ask for their turns in one write', async () => {
  for (let index = 0; index < 10; index += 1) await harness.addEndpoint();
  await harness.fire();
  const through = counted(harness.table);

  await deliverThrough(through.database);

  // A claim, a turn for all, and a record.
  expect(through.take()['Update']).toBe(10 + 1 + 10);
  expect(harness.receiver.received).toHaveLength(10);
});

test('a delivery that has waited for its turn asks for one turn when it comes back', async () => {
  await harness.addEndpoint({ max_per_second: 1 });
  for (let stepIndex = 0; stepIndex < 2; stepIndex += 1) await harness.fire({ stepIndex });
  await harness.deliverQueued();
  harness.clock.now = addSeconds(harness.clock.now, 1);
  const through = counted(harness.table);

  await deliverThrough(through.database);

  // A claim, a turn, whose first write learns that the host was busy, and a record.
  expect(through.take()['Update']).toBe(4);
  expect(harness.receiver.received).toHaveLength(2);
});

test('a turn that could not be asked for in advance is asked for again', async () => {
  await harness.addEndpoint();
  await harness.fire();
  let broken = 0;
  const breaking = interceptDatabase(harness.table, async (command, send) => {
    if (String(command.input.Key?.pk).endsWith('#PACE') && (broken += 1) === 1) throw connectionBroken();
    return send();
  });

  const { batchItemFailures } = await deliverThrough(breaking);

  expect(batchItemFailures).toEqual([]);
  expect(broken).toBe(2);
  expect(harness.receiver.received).toHaveLength(1);
});

test.each(['Get', 'Update'])(
  'a message whose claim is refused has no effect, even if each other %s fails',
  async (name) => {
    await harness.addEndpoint();
    await harness.fire();
    const [message] = harness.queue.receive();
    await harness.deliverQueued([message!]);
    const breaking = interceptDatabase(harness.table, async (command, send) => {
      const isClaim = String(command.input.UpdateExpression).includes('lease_until');
      if (command.constructor.name === `${name}Command` && !isClaim) throw connectionBroken();
      return send();
    });
    harness.queue.waiting.push({ at: 0, message: message! });

    const { batchItemFailures } = await deliverThrough(breaking);

    expect(batchItemFailures).toEqual([]);
    expect(harness.receiver.received).toHaveLength(1);
    expect(await harness.onlyDelivery()).toMatchObject({ status: 'delivered', attempts_made: 1 });
  },
);

test('a message of an earlier release, which does not say where the attempt goes, is delivered too', async () => {
  await harness.addEndpoint();
  await harness.fire();
  const [{ pace, ...message } = { pace: undefined }] = harness.queue.receive();
  expect(pace).toBeDefined();

  await harness.deliverQueued([message as never]);

  expect(harness.receiver.received).toHaveLength(1);
  expect(await paceOf(receiverHost)).toBeDefined();
});

test('the id of a delivery tells its endpoint', () => {
  const endpointId = newEndpointId();

  expect(endpointIdOf(deliveryIdOf(stepEventId(aFiringRun.uid, 7), endpointId))).toBe(endpointId);
});
