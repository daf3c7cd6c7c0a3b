import type { GeneratedPart } from '../generated';
import type { BilledPath } from './bill';
import { callsTable, hopsTable, latencyTable } from './latency-tables';

const page = 'bench/latency/README.md';

/** The parts of the documentation that are counted and modelled. */
export function latencyParts(bill: readonly BilledPath[]): GeneratedPart[] {
  return [
    { file: 'docs/cost-and-speed.md', name: 'latency', text: latencyTable(bill), exact: true },
    { file: page, name: 'latency', text: latencyTable(bill), exact: true },
    { file: page, name: 'calls', text: callsTable(bill), exact: true },
    { file: page, name: 'hops', text: hopsTable(), exact: true },
  ];
}
