import type { GeneratedPart } from '../generated';
import { billTable, differenceTable, operationsTable, priceTable, totalsTable } from './cost-tables';
import type { JudgedRun } from './count/judge-run';

const page = 'bench/cost/README.md';

/** The parts of the documentation that are generated from the counts. */
export function costParts(runs: readonly JudgedRun[]): GeneratedPart[] {
  const withOne = runs.filter(({ scenario }) => scenario.endpoints === 1);
  return [
    { file: 'docs/cost-and-speed.md', name: 'cost', text: totalsTable(withOne) },
    { file: page, name: 'bill', text: billTable(runs) },
    { file: page, name: 'operations', text: operationsTable(runs) },
    { file: page, name: 'difference', text: differenceTable(withOne) },
    { file: page, name: 'prices', text: priceTable() },
  ];
}
