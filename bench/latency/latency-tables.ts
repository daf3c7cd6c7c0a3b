import { markdownTable } from '../markdown-table';
import { hops } from './hops';
import type { BilledPath } from './bill';
import type { Path, Wave } from './paths';

/** The number of sequential calls of each path, and its modelled times. */
export function latencyTable(bill: readonly BilledPath[]): string {
  return markdownTable(
    ['from → to', 'sequential AWS calls', 'modelled p50, ms', 'modelled p99, ms'],
    bill.map(({ name, sequentialCalls, modelled: { p50, p99 } }) => [
      name,
      String(sequentialCalls),
      p50.toFixed(0),
      p99.toFixed(0),
    ]),
  );
}

/** What each path waits for, in order. */
export function callsTable(paths: readonly Path[]): string {
  return markdownTable(
    ['from → to', 'one after the other; ∥ joins what is under way at the same time'],
    paths.map(({ name, waves }) => [name, waves.map(textOf).join(' → ')]),
  );
}

export function hopsTable(): string {
  return markdownTable(
    ['hop', 'p50, ms', 'p99, ms', 'source'],
    Object.values(hops).map(({ what, p50, p99, source }) => [what, String(p50), String(p99), source]),
  );
}

function textOf({ calls, hops: names }: Wave): string {
  return calls.length > 0
    ? calls.map((call) => `\`${call}\``).join(' ∥ ')
    : names.map((name) => hops[name].what).join();
}
