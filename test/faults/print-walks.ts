import { allFaults, faults, type Fault } from './faults';
import { sendResponse } from './simulation/recorder';
import { table } from './table';
import type { Walk } from './walk';

/**
 * Formats the results as a table with a line per flow and a column per fault. A cell `26` means that all invariants
 * held in 26 replays, and `2 of 26 broke` that two of those replays violated one.
 */
export function printWalks(walks: readonly Walk[]): string {
  const head = ['flow', 'calls', ...allFaults.map((fault) => fault.replaceAll('_', ' '))];
  const lines = walks.map(({ flow, points, replays }) => [
    flow,
    String(points.filter(({ call }) => call !== sendResponse).length),
    ...allFaults.map((fault) => cell(replays.filter((replay) => replay.fault === fault))),
  ]);
  const all = walks.flatMap(({ replays }) => replays);
  const total = [
    'all',
    String(sum(lines.map(([, calls]) => Number(calls)))),
    ...allFaults.map((fault) => cell(ofFault(all, fault))),
  ];
  const explained = allFaults.map((fault) => `${fault.replaceAll('_', ' ')}: ${faults[fault]}`);
  const broken = all.filter(({ violations }) => violations.length > 0);
  return [
    table([head, ...lines, total]),
    '',
    ...explained,
    '',
    `${all.length} replays, each followed by recovery. ${broken.length === 0 ? 'All invariants held.' : `${broken.length} violated an invariant:`}`,
    ...walks.flatMap(({ flow, replays }) => replays.flatMap((replay) => describeViolations(flow, replay))),
  ].join('\n');
}

function describeViolations(flow: string, { index, point, fault, violations }: Walk['replays'][number]): string[] {
  return violations.map(
    (violation) => `  ${flow}, call ${index + 1} (${point.functionName}: ${point.call}) ${fault}: ${violation}`,
  );
}

function ofFault(replays: Walk['replays'], fault: Fault): Walk['replays'] {
  return replays.filter((replay) => replay.fault === fault);
}

function cell(replays: Walk['replays']): string {
  const broken = replays.filter(({ violations }) => violations.length > 0).length;
  if (broken > 0) return `${broken} of ${replays.length} broke`;
  return replays.length === 0 ? '–' : String(replays.length);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
