import { inTurn } from './measure/in-turn';
import { msPerCall } from './measure/rate';
import { ratioRow, type Row } from './measure/row';
import { takeTurns } from './measure/take-turns';
import { runAccepter } from './world/accept-run';
import { openHandler } from './world/open-handler';
import { requireSameRequests } from './world/require-same-requests';
import { logRecipe, seedTenant } from './world/seed-tenant';
import { startWorld } from './world/start-world';

const stepCounts = [1, 10, 50];
const segmentsPerSample = 10;

/** Measures a segment that performs a whole recipe of log steps, for several numbers of steps. */
export async function segmentPart(): Promise<Row[]> {
  const world = await startWorld();
  const tenant = await seedTenant(world.database, 'bench', stepCounts.map(logRecipe));
  const acceptRun = runAccepter(world, tenant);
  const subjects = [world.product('run-segment'), world.baseline('run-segment')];
  const handlers = subjects.map(openHandler);

  const rows: Row[] = [];
  for (const [index, steps] of stepCounts.entries()) {
    const nextSegment = () => acceptRun(index + 1);
    await requireSameRequests(world, `A segment of ${steps} steps`, subjects, nextSegment);
    const [ours = [], base = []] = await takeTurns(
      handlers.map((handler) => async () => {
        const segments = await inTurn(segmentsPerSample, nextSegment);
        return msPerCall(() => handler(segments.pop()), segmentsPerSample);
      }),
    );
    rows.push(
      ratioRow({ what: `segment of ${steps} log steps`, unit: 'ms' }, ours, {
        name: 'the same AWS calls',
        samples: base,
      }),
    );
  }
  await world.stop();
  return rows;
}
