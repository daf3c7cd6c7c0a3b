import { startFixture, type Fixture } from './fixture';
import { flows } from './flows';
import { printWalks } from './print-walks';
import { walk, type Walk } from './walk';

// A walk replays its flow for each call and each fault, which is long work on a busy machine.
jest.setTimeout(300_000);

let fixture: Fixture;
const walks: Walk[] = [];

beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.stop());

const startingAndPerforming = flows.filter(
  ({ targets }) => targets.includes('rest-api') || targets.includes('run-segment'),
);

test.each(startingAndPerforming)('$name: the product recovers from every fault at every call', async (flow) => {
  const result = await walk(fixture, flow);
  walks.push(result);

  expect(printWalks([result])).toContain('All invariants held');
  expect(result.points.length).toBeGreaterThan(5);
});
