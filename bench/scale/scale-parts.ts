import type { CountedRun } from '../cost/count/run';
import type { GeneratedPart } from '../generated';
import { burstTable, capacityTable, ceilingsTable, quietTable } from './scale-tables';

const page = 'bench/scale/README.md';

/** The parts of the documentation that are computed. */
export function scaleParts(run: CountedRun): GeneratedPart[] {
  return [
    { file: page, name: 'ceilings', text: ceilingsTable(run) },
    { file: 'docs/limits.md', name: 'capacity', text: capacityTable(run) },
    { file: page, name: 'quiet', text: quietTable() },
    { file: page, name: 'burst', text: burstTable() },
  ];
}
