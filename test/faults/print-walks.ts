import { everyFault, faults, type Fault } from './faults';
import type { Walk } from './walk';

/** What was injected and what held: a line per flow, a column per fault; `26` held everywhere, `2 of 26 broke` did not. */
export function printWalks(walks: readonly Walk[]): string {
  const head = ['flow', 'calls', ...everyFault.map((fault) => fault.replaceAll('_', ' '))];
  const lines = walks.map(({ flow, points, replays }) => [
    flow,
    String(points.filter(({ call }) => call !== 'answers').length),
    ...everyFault.map((fault) => cell(replays.filter((replay) => replay.fault === fault))),
  ]);
  const all = walks.flatMap(({ replays }) => replays);
  const total = [
    'all',
    String(sum(lines.map(([, calls]) => Number(calls)))),
    ...everyFault.map((fault) => cell(ofFault(all, fault))),
  ];
  const explained = everyFault.map((fault) => `${fault.replaceAll('_', ' ')}: ${faults[fault]}`);
  const broken = all.filter(({ violations }) => violations.length > 0);
  return [
    table([head, ...lines, total]),
    '',
    ...explained,
    '',
    `${all.length} replays, each followed by recovery; ${broken.length === 0 ? 'everything held.' : `${broken.length} broke something:`}`,
    ...walks.flatMap(({ flow, replays }) => replays.flatMap((replay) => complaint(flow, replay))),
  ].join('\n');
}

function complaint(flow: string, { at, point, fault, violations }: Walk['replays'][number]): string[] {
  return violations.map((violation) => `  ${flow}, call ${at + 1} (${point.of}: ${point.call}) ${fault}: ${violation}`);
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

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row.map((text, column) => (column === 0 ? text.padEnd(widths[0]!) : text.padStart(widths[column]!))).join('  '),
    )
    .join('\n');
}
