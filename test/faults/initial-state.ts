import type { Row } from '../../functions/aws/database';
import { seedRows, tenantId, type Fixture } from './fixture';
import type { Flow } from './flow';
import { allRows } from './simulation/engine';
import { emptyState, newSimulation, type InitialState } from './simulation/simulation';

/** Runs the flow's `arrange` part once, without faults. Every replay of the flow starts from the state this returns. */
export async function initialStateOf(fixture: Fixture, flow: Flow): Promise<InitialState> {
  const rows = [...(await seedRows(fixture, tenantId, flow)), ...fixture.neighbour];
  const simulation = await newSimulation(fixture, { engineSetting: flow.engineSetting }, { ...emptyState, rows });
  await flow.arrange?.(simulation);
  const rowsAfter = await allRows(simulation.database);
  return {
    at: simulation.schedule.now(),
    rows: flow.leavesUnsettled ? rowsAfter : rowsAfter.map(markSettled),
    executions: simulation.stepFunctions.executions,
    messages: [...simulation.queue.waiting.values()],
    arrivals: simulation.arrivals,
    uids: simulation.uidsMade(),
  };
}

/**
 * Marks all runs of the tenant as settled: settlement has a flow of its own, and the others need not run its two
 * passes.
 */
function markSettled(row: Row): Row {
  if (row['pk'] !== `T#${tenantId}` || row['sk'] !== 'TENANT') return row;
  const { due_at: _due, open_shard: _shard, settle_upto: _noted, ...tenant } = row;
  return { ...tenant, settled_upto: row['last_run_number'] };
}
