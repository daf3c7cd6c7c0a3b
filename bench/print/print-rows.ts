import { ratioDecimals, type Row, type Target } from '../measure/row';
import type { Spread } from '../measure/spread';

const head = ['', 'median (quartiles)', 'baseline', 'ratio (quartiles)', 'target', 'holds'];

/** Formats the results as the cells of a table, including its head. */
export function cellsOf(rows: readonly Row[]): string[][] {
  return [
    head,
    ...rows.map(({ what, unit, ours, baseline, ratio, target, holds }) => [
      what,
      `${spread(ours)} ${unit}`,
      baseline === undefined ? '' : `${number(baseline.spread.median)} ${unit}, ${baseline.name}`,
      ratio === undefined ? '' : spread(ratio, (value) => value.toFixed(ratioDecimals)),
      target === undefined ? '' : targetText(target),
      holds === undefined ? '' : holds ? 'yes' : 'NO',
    ]),
  ];
}

export function textTable(cells: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

function targetText(target: Target): string {
  return 'atMost' in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`;
}

function spread({ q1, median, q3 }: Spread, text: (value: number) => string = number): string {
  return q1 === q3 ? text(median) : `${text(median)} (${text(q1)}–${text(q3)})`;
}

/** Prints at most three significant digits, because such a measurement is no more precise. */
function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toPrecision(2);
}
