import type { Row } from '../../functions/aws/database';
import { seedRows, tenantId, type Ground } from './fixture';
import type { Flow } from './flow';
import { allRows } from './simulation/engine';
import { newWorld, nothingYet, type Beginning } from './simulation/simulation';

/** What went before a flow, played once; every replay begins with what it left. */
export async function beginningOf(ground: Ground, flow: Flow): Promise<Beginning> {
  const rows = [...(await seedRows(ground, tenantId, flow)), ...ground.neighbour];
  const world = await newWorld(ground, { engineSetting: flow.engineSetting }, { ...nothingYet, rows });
  await flow.arrange?.(world);
  const left = await allRows(world.database);
  return {
    at: world.schedule.now(),
    rows: flow.leavesUnsettled ? left : left.map(settled),
    executions: world.stepFunctions.executions,
    messages: [...world.queue.waiting.values()],
    arrivals: world.arrivals,
    uids: world.uidsMade(),
  };
}

/** Settlement has a flow of its own; the others are spared its two passes. */
function settled(row: Row): Row {
  if (row['pk'] !== `T#${tenantId}` || row['sk'] !== 'TENANT') return row;
  const { due_at: _due, open_shard: _shard, settle_upto: _noted, ...tenant } = row;
  return { ...tenant, settled_upto: row['last_run_number'] };
}
