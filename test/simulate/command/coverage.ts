import { faultsOfRequests, type Fault } from '../schedule/fault';
import type { Coverage } from './messages';

/** The column of calls that no fault hit. */
const unharmed = 'no fault';

export function coverageCounter() {
  const counts: Record<string, Record<string, number>> = {};
  // Calls with a minute in their names differ from schedule to schedule, but there are only some thousand minutes.
  const countsOf = new Map<string, Map<string, Record<string, number>>>();
  const newCounts = (functionName: string, call: string) => (counts[`${functionName}: ${nameOf(call)}`] ??= {});
  return {
    count: (functionName: string, call: string, fault: Fault | undefined): void => {
      let ofFunction = countsOf.get(functionName);
      if (ofFunction === undefined) countsOf.set(functionName, (ofFunction = new Map()));
      let ofCall = ofFunction.get(call);
      if (ofCall === undefined) ofFunction.set(call, (ofCall = newCounts(functionName, call)));
      const column = fault ?? unharmed;
      ofCall[column] = (ofCall[column] ?? 0) + 1;
    },
    counts: (): Coverage => counts,
  };
}

/** Without what differs from schedule to schedule: the shard, the minute, the number of keys, the host. */
function nameOf(call: string): string {
  return call.replace(/ \d\S*| ×\d+/g, (found) => (found.startsWith(' ×') ? '' : ' …'));
}

export function mergeCoverage(all: readonly Coverage[]): Coverage {
  const merged: Record<string, Record<string, number>> = {};
  for (const coverage of all) {
    for (const [call, counts] of Object.entries(coverage)) {
      const into = (merged[call] ??= {});
      for (const [fault, count] of Object.entries(counts)) into[fault] = (into[fault] ?? 0) + count;
    }
  }
  return merged;
}

/** The pairs of a call and a fault that could occur, and how many of them did. */
export function pairsIn(coverage: Coverage): {
  readonly possible: number;
  readonly hit: number;
  readonly calls: number;
} {
  const calls = Object.entries(coverage);
  const possible = calls.reduce((sum, [call]) => sum + faultsOf(call).length, 0);
  const hit = calls.reduce(
    (sum, [call, counts]) => sum + faultsOf(call).filter((fault) => counts[fault] !== undefined).length,
    0,
  );
  return { possible, hit, calls: calls.length };
}

/** A line for each call, a column for each fault. */
export function coverageTable(coverage: Coverage): string[][] {
  const head = ['call', unharmed, ...faultsOfRequests.map((fault) => fault.replaceAll('_', ' '))];
  const lines = Object.entries(coverage)
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([call, counts]) => [
      call,
      ...[unharmed, ...faultsOfRequests].map((column) =>
        column === unharmed || faultsOf(call).some((fault) => fault === column) ? String(counts[column] ?? 0) : '–',
      ),
    ]);
  return [head, ...lines];
}

function faultsOf(call: string): readonly Fault[] {
  return call.endsWith(': answer') ? ['response_lost', 'answered_late'] : faultsOfRequests;
}
