import { makeCalls, warmUpCalls } from './measure/make-calls';
import { callsPerSecond, cpuMsPerCall } from './measure/rate';
import { ratioRow, type Row } from './measure/row';
import { takeTurns } from './measure/take-turns';
import { triggerEvent } from './world/events';
import { openTrigger } from './world/open-trigger';
import { requireSameRequests } from './world/require-same-requests';
import { pageRecipe, seedTenant } from './world/seed-tenant';
import { startWorld } from './world/start-world';

const triggersPerCpuSample = 200;

/** Measures accepted triggers per second, and their CPU, against a bare handler that makes the same AWS calls. */
export async function throughputPart(): Promise<Row[]> {
  const world = await startWorld();
  const { restToken } = await seedTenant(world.database, 'bench', [pageRecipe]);
  const event = triggerEvent(restToken, 1);
  const subjects = [world.product('rest-api'), world.baseline('rest-api')];
  await requireSameRequests(world, 'A trigger', subjects, () => Promise.resolve(event));
  const triggers = subjects.map((subject) => openTrigger(subject, event));

  for (const trigger of triggers) await makeCalls(trigger, warmUpCalls, 16);

  const rows: Row[] = [];
  for (const concurrency of [1, 16]) {
    const [ours = [], base = []] = await takeTurns(
      triggers.map((trigger) => () => callsPerSecond(trigger, concurrency)),
    );
    const what = `triggers at once: ${concurrency}`;
    const baseline = { name: 'the same AWS calls', samples: base };
    rows.push(ratioRow({ what, unit: '/s', target: { atLeast: 0.9 } }, ours, baseline));
  }
  const [ours = [], base = []] = await takeTurns(
    triggers.map((trigger) => () => cpuMsPerCall(trigger, triggersPerCpuSample)),
  );
  rows.push(
    ratioRow({ what: 'CPU of a trigger with its AWS calls', unit: 'ms', target: { atMost: 1.2 } }, ours, {
      name: 'the same AWS calls',
      samples: base,
    }),
  );
  await world.stop();
  return rows;
}
