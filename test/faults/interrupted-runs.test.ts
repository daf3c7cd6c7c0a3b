import { startGround, type Ground } from './fixture';
import { flows } from './flows';
import { printWalks } from './print-walks';
import { walk, type Walk } from './walk';

let ground: Ground;
const walks: Walk[] = [];

beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.stop());

const startingAndPerforming = flows.filter(
  ({ walked }) => walked.includes('rest-api') || walked.includes('run-segment'),
);

test.each(startingAndPerforming)(
  '$name: whatever goes wrong at any call, recovery makes it good',
  async (flow) => {
    const walked = await walk(ground, flow);
    walks.push(walked);

    expect(printWalks([walked])).toContain('everything held');
    expect(walked.points.length).toBeGreaterThan(5);
  },
  60_000,
);
