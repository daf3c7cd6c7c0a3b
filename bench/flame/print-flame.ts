import { availableParallelism } from 'node:os';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeParts } from '../generated';
import { markdownTable } from '../markdown-table';
import { drawFlame } from './draw-flame';
import { layers, layersIn, type Layer } from './layers';
import { recordProfile } from './record';
import { msByLayer, stacksOf } from './stacks';
import { openSubjects, type Subject } from './subjects';

/**
 * `npm run flame [-- --write]`: shows whose code takes the processor's time of a trigger and of a webhook, in the product
 * and in the bare loop that the bench compares it with. `--write` draws the product's flame graphs, too.
 */
async function main(): Promise<void> {
  const { subjects, bundles, stop } = await openSubjects();
  const layerOf = layersIn(bundles);
  const columns: { readonly name: string; readonly byLayer: ReadonlyMap<Layer, number> }[] = [];
  for (const subject of subjects) columns.push(await measure(subject));
  await stop();

  async function measure({ name, picture, call, calls, concurrency }: Subject) {
    const root = stacksOf(await recordProfile(call, calls, concurrency), layerOf);
    if (picture !== undefined && process.argv.includes('--write'))
      writeFileSync(join(__dirname, picture), drawFlame(root, calls, `${name}, ${concurrency} at once`));
    return { name, byLayer: msByLayer(root, calls) };
  }

  const on = `${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} cores, Node ${process.versions.node}`;
  const head = [on, ...columns.map(({ name }) => name)];
  const rows = layers.map((layer) => [layer, ...columns.map(({ byLayer }) => inMs(byLayer.get(layer) ?? 0))]);
  const sums = columns.map(({ byLayer }) => inMs([...byLayer.values()].reduce((sum, ms) => sum + ms, 0)));
  const text = markdownTable(head, [...rows, ['all', ...sums]]);
  if (process.argv.includes('--write')) writeParts([{ file: 'docs/cost-and-speed.md', name: 'flame', text }]);
  console.log(text);
}

const inMs = (ms: number) => `${ms.toFixed(2)} ms`;

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
