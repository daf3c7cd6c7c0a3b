import { billOf, type BillPart } from './bill';
import type { JudgedRun } from './count/judge-run';
import { recipes } from './count/recipes';
import { runWriteUnits } from './floors';
import { prices } from './prices';

const rowsOfRuns = ['Update tenant', 'Put run', 'Update run'];

/** What lies between the bare floor and us, named by what it buys; adds up to the difference. US$ per million runs. */
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
    'indexes: what is open, runs by workflow, deliveries by endpoint': more('indexes'),
    'event rows: one body and one list of targets, whoever repeats': events,
    'larger rows of runs, and of the counter': runs,
    'deliveries: a claim before each attempt, each attempt kept': more('table') - events - runs - reads,
    'reads: all consistent, and who awaits the end of a run': reads,
    'Step Functions, less the delayed messages it replaces': more('Step Functions', 'queue'),
    'Lambda: the time of these calls': more('Lambda'),
    'logs of each step, access log, traces': more('logs'),
    'replies and TLS': more('egress', 'front door'),
  };
}
