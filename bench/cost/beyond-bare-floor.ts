import { billOf, type BillPart } from './bill';
import type { JudgedRun } from './count/judge-run';
import { recipes } from './count/recipes';
import { runWriteUnits } from './floors';
import { prices } from './prices';

const rowsOfRuns = ['Update tenant', 'Put run', 'Update run'];

/**
 * Splits the difference between the bare floor and the product by what the additional cost pays for. The parts add up
 * to the whole difference, in US$ per million runs.
 */
export function beyondTheBareFloor({ scenario, bill, usd, bare, operations }: JudgedRun): Record<string, number> {
  const floor = billOf(bare);
  const more = (...parts: BillPart[]) => parts.reduce((total, part) => total + usd[part] - floor[part], 0);
  const unitsOf = (...calls: string[]) =>
    bill.filter(({ call }) => calls.includes(call)).reduce((units, { writes }) => units + writes.table, 0);
  const written = (units: number) => units * prices.writeUnit.usd * 1e6;
  const events = written(unitsOf('Put event'));
  const runs = written(unitsOf(...rowsOfRuns) - runWriteUnits(recipes[scenario.recipe].steps));
  const reads = (operations.readUnits - bare.readUnits) * prices.readUnit.usd * 1e6;
  return {
    'indexes: open work, runs by workflow, deliveries by endpoint': more('indexes'),
    'event rows: a repeated step sends the same body to the same endpoints': events,
    'larger rows of runs, and of the counter': runs,
    'deliveries: a lease before each attempt, a record of each attempt': more('table') - events - runs - reads,
    'reads: all consistent, and the endpoints that subscribe to the end of a run': reads,
    'Step Functions, minus the delayed messages that they replace': more('Step Functions', 'queue'),
    'Lambda: the time of these requests': more('Lambda'),
    'logs of each step, access log, traces': more('logs'),
    'responses and TLS': more('egress', 'front door'),
  };
}
