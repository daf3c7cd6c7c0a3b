import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { writeParts } from '../generated';
import { markdownTable } from '../markdown-table';
import type { Row } from '../measure/row';
import { plotRatios } from './plot-ratios';
import { cellsOf } from './print-rows';

/** Writes all rows to bench/README.md, those with a target to docs/cost-and-speed.md, and the plot to ratios.svg. */
export function writeResults(rows: readonly Row[]): void {
  const machine = `${new Date().toISOString().slice(0, 10)}: ${availableParallelism()} cores of ${cpus()[0]?.model ?? 'an unnamed kind'}, shared, Node ${process.versions.node}.`;
  writeFileSync(join(__dirname, '..', 'ratios.svg'), plotRatios(rows));
  const judged = rows.filter(({ target }) => target !== undefined);
  writeParts([
    { file: 'bench/README.md', name: 'bench', text: `${machine}\n\n${tableOf(rows)}` },
    { file: 'docs/cost-and-speed.md', name: 'bench', text: `${machine}\n\n${tableOf(judged)}` },
  ]);
}

function tableOf(rows: readonly Row[]): string {
  const [head = [], ...cells] = cellsOf(rows);
  return markdownTable(head, cells);
}
