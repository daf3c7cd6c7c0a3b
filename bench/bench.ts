import type { Row } from './measure/row';
import { parts } from './parts';
import { cellsOf, textTable } from './print/print-rows';
import { writeResults } from './print/write-results';
import { bundleBare } from './world/bundle-bare';

/**
 * `npm run bench [-- part …] [--json] [--write]`: measures the functions against the baselines in `bench/bare` and
 * prints which targets they meet.
 */
async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const wanted = args.filter((argument) => !argument.startsWith('--'));
  const unknown = wanted.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined)
    throw new Error(`There is no part named ${unknown}. The parts are ${Object.keys(parts).join(', ')}.`);

  bundleBare('plain');
  bundleBare('as ours');
  const rows: Row[] = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const startedMs = performance.now();
    rows.push(...(await measure()));
    process.stderr.write(`${name}: ${((performance.now() - startedMs) / 1000).toFixed(0)} s\n`);
  }
  if (args.includes('--write')) writeResults(rows);
  console.log(args.includes('--json') ? JSON.stringify(rows, undefined, 2) : textTable(cellsOf(rows)));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
