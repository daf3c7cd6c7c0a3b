import { startGround, type Ground } from './fixture';
import { flows } from './flows';
import { printWalks } from './print-walks';
import { walk } from './walk';

let ground: Ground;

beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.stop());

const deliveringAndRecovering = flows.filter(({ walked }) =>
  walked.some((of) => of === 'deliver-webhook' || of === 'recover-runs'),
);

test.each(deliveringAndRecovering)(
  '$name: whatever goes wrong at any call, recovery makes it good',
  async (flow) => {
    const walked = await walk(ground, flow);

    expect(printWalks([walked])).toContain('everything held');
    expect(walked.points.length).toBeGreaterThan(4);
  },
  60_000,
);
