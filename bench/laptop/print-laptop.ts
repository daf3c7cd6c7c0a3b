import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { firstRun } from '../../bin/measure/first-run';
import { watchGroup } from '../../bin/measure/watch-group';
import { writeParts } from '../generated';
import { markdownTable } from '../markdown-table';
import { openCaller } from './caller';
import { measureSpeed, type Speed } from './measure-run';

/**
 * `npm run laptop [-- --write] [-- --beside <folder>]`: measures `npm start`. With `--beside` it measures another
 * checkout of the project right after this one, because figures of a busy machine mean something only side by side.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { write: { type: 'boolean' }, beside: { type: 'string' } } });
  const here = resolve(__dirname, '../..');
  const subjects = [here, ...(values.beside === undefined ? [] : [resolve(values.beside)])];
  const columns: string[][] = [];
  for (const folder of subjects) columns.push(figures(await measure(folder)));
  const on = `${availableParallelism()} cores, Node ${process.versions.node}`;
  const head = [`${new Date().toISOString().slice(0, 10)}, ${on}`, ...subjects.map((_, index) => titles[index] ?? '')];
  const rows = labels.map((label, row) => [label, ...columns.map((column) => column[row] ?? '')]);
  const text = markdownTable(head, rows);
  if (values.write) writeParts([{ file: 'docs/cost-and-speed.md', name: 'laptop', text }]);
  console.log(text);
}

const titles = ['this version', 'beside it'];
const labels = [
  'runs a second, 20 callers at once, trigger to webhook, once warm',
  'the same right after the start, before anything is warm',
  'runs accepted a second meanwhile, once warm',
  'one run at a time, trigger to webhook, once warm: median',
  'one run at a time, trigger to webhook, once warm: 99 of 100',
  '`npm start` to the first 202',
  'memory of all processes at most, npm included',
];

interface Measured extends Speed {
  readonly coldRunsPerSecond: number;
  readonly firstMs: number;
  readonly peakMb: number;
}

/** Number of the first run that counts as warm: the engine of JavaScript has compiled what is used most by then. */
const warmFrom = 1_000;

/** The first start builds what is missing, and the second one is measured. */
async function measure(folder: string): Promise<Measured> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'laptop-'));
  const env = { ...process.env, PORT: '0', LOCAL_DATA_DIR: dataFolder };
  try {
    const building = watchGroup(folder, ['start'], env);
    await firstRun(building).finally(() => building.stop());
    const beganMs = performance.now();
    const npmStart = watchGroup(folder, ['start'], env);
    try {
      const { acceptedAtMs } = await firstRun(npmStart);
      const caller = await openCaller(dataFolder);
      const cold = await measureSpeed(caller, 0);
      const warm = await measureSpeed(caller, warmFrom);
      return {
        ...warm,
        coldRunsPerSecond: cold.runsPerSecond,
        firstMs: acceptedAtMs - beganMs,
        peakMb: npmStart.peakMb(),
      };
    } finally {
      await npmStart.stop();
    }
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

function figures({
  runsPerSecond,
  coldRunsPerSecond,
  acceptedPerSecond,
  oneByOneMs,
  firstMs,
  peakMb,
}: Measured): string[] {
  const msAt = (share: number) => `${Math.round(oneByOneMs[Math.ceil(oneByOneMs.length * share) - 1] ?? NaN)} ms`;
  return [
    runsPerSecond.toFixed(1),
    coldRunsPerSecond.toFixed(1),
    acceptedPerSecond.toFixed(1),
    msAt(0.5),
    msAt(0.99),
    `${(firstMs / 1000).toFixed(1)} s`,
    `${peakMb} MB`,
  ];
}

void main();
