import type { Layer } from './layers';
import type { Stack } from './stacks';

const width = 1_200;
const rowHeight = 16;
/** Narrower boxes are left out; the time is still in the box below. */
const narrowest = 1.5;
const charWidth = 6.2;

const colours: Readonly<Record<Layer, string>> = {
  'AWS SDK': '#f0a35e',
  Node: '#9db4c0',
  'garbage collector': '#c9c9c9',
  zod: '#7fb685',
  middy: '#b5a1e0',
  product: '#e06c75',
  'bare loop': '#e06c75',
  other: '#d9c97c',
};

/** A flame graph: the width of a box is its time, and a function stands above its caller. */
export function drawFlame(root: Stack, calls: number, title: string): string {
  const boxes: string[] = [];
  let rows = 0;

  function draw(stack: Stack, left: number, row: number): void {
    const wide = (stack.total / root.total) * width;
    if (wide < narrowest) return;
    rows = Math.max(rows, row + 1);
    boxes.push(boxOf(stack, calls, { left, row, wide }));
    let next = left;
    for (const callee of [...stack.callees.values()].sort((a, b) => b.total - a.total)) {
      draw(callee, next, row + 1);
      next += (callee.total / root.total) * width;
    }
  }

  draw(root, 0, 0);
  const height = (rows + 2) * rowHeight;
  const legend = Object.entries(colours)
    .filter(([layer]) => layer !== 'bare loop')
    .map(
      ([layer, colour], index) =>
        `<rect x="${500 + index * 90}" y="2" width="10" height="10" fill="${colour}"/>` +
        `<text x="${513 + index * 90}" y="11">${layer.replace('garbage collector', 'gc')}</text>`,
    );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" font-family="monospace" font-size="10" fill="#222" role="img">`,
    `<title>${escape(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="4" y="11" font-size="12">${escape(title)}</text>`,
    ...legend,
    `<g transform="translate(0 ${height - rowHeight})">`,
    ...boxes,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

interface Place {
  readonly left: number;
  readonly row: number;
  readonly wide: number;
}

function boxOf({ name, layer, total }: Stack, calls: number, { left, row, wide }: Place): string {
  const y = -row * rowHeight;
  const shown = Math.floor((wide - 4) / charWidth);
  const label = shown < 3 ? '' : `<text x="${round(left + 2)}" y="${y + 11}">${escape(name.slice(0, shown))}</text>`;
  const tip = `${name} (${layer}): ${(total / 1000 / calls).toFixed(3)} ms`;
  return `<g><title>${escape(tip)}</title><rect x="${round(left)}" y="${y}" width="${round(wide)}" height="${rowHeight - 1}" fill="${colours[layer]}"/>${label}</g>`;
}

const round = (number: number) => Math.round(number * 10) / 10;

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
