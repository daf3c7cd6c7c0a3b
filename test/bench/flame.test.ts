import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawFlame } from '../../bench/flame/draw-flame';
import { layersIn } from '../../bench/flame/layers';
import type { Profile } from '../../bench/flame/record';
import { msByLayer, stacksOf } from '../../bench/flame/stacks';

const folder = mkdtempSync(join(tmpdir(), 'flame-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As esbuild writes it: the path of each module above its code. */
const bundle = join(folder, 'bundle.js');
writeFileSync(
  bundle,
  ['// node_modules/@aws-sdk/core/client.js', 'function send() {}', '// functions/edge/route.ts', 'function route() {}'].join('\n'),
); // prettier-ignore

const frame = (functionName: string, url: string, lineNumber = 0) => ({
  functionName,
  url,
  lineNumber,
  columnNumber: 0,
  scriptId: '1',
});

/** `route` calls `send`, which calls a function of V8. The samples are of 1 ms each. */
const profile: Profile = {
  nodes: [
    { id: 1, callFrame: frame('(root)', ''), children: [2, 5, 6] },
    { id: 2, callFrame: frame('route', bundle, 3), children: [3] },
    { id: 3, callFrame: frame('send', bundle, 1), children: [4] },
    { id: 4, callFrame: frame('<parse>', '') },
    { id: 5, callFrame: frame('(idle)', '') },
    { id: 6, callFrame: frame('emit', 'node:events') },
  ],
  startTime: 0,
  endTime: 8_000,
  samples: [2, 3, 4, 4, 5, 5, 6, 2],
  timeDeltas: Array.from({ length: 8 }, () => 1_000),
};
const root = stacksOf(profile, layersIn([bundle]));

test('time belongs to whose code takes it, that of V8 to its caller, and waiting to nobody', () => {
  expect(Object.fromEntries(msByLayer(root, 2))).toEqual({ Node: 0.5, product: 1, 'AWS SDK': 1.5 });
});

test('a flame graph has a box for each function, as wide as its share of the time', () => {
  const svg = drawFlame(root, 2, 'two calls');

  const boxes = [...svg.matchAll(/<title>(\S+) \(([^)]+)\): ([\d.]+) ms<\/title><rect x="[\d.]+" y="-?\d+" width="([\d.]+)"/g)];
  expect(boxes.map(([, name, layer, ms, width]) => [name, layer, Number(ms), Number(width)])).toEqual([
    ['all', 'Node', 3, 1200],
    ['route', 'product', 2.5, 1000],
    ['send', 'AWS SDK', 1.5, 600],
    ['&lt;parse&gt;', 'AWS SDK', 1, 400],
    ['emit', 'Node', 0.5, 200],
  ]);
}); // prettier-ignore
