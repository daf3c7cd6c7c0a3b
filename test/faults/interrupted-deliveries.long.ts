import { startFixture, type Fixture } from './fixture';
import { flows } from './flows';
import { printWalks } from './print-walks';
import { walk } from './walk';

// A walk replays its flow for each call and each fault, which is long work on a busy machine.
jest.setTimeout(300_000);

let fixture: Fixture;

beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.stop());

const deliveringAndRecovering = flows.filter(({ targets }) =>
  targets.some((name) => name === 'deliver-webhook' || name === 'recover-runs'),
);

test.each(deliveringAndRecovering)('$name: the product recovers from every fault at every call', async (flow) => {
  const result = await walk(fixture, flow);

  expect(printWalks([result])).toContain('All invariants held');
  expect(result.points.length).toBeGreaterThan(4);
});
