import type { BilledPath } from './bill';
import { hops, type HopName } from './hops';

const [labelWidth, plotWidth, lineHeight, right] = [270, 430, 26, 150];
const [top, bottom] = [12, 44];

const kinds: readonly { readonly name: string; readonly colour: string; readonly hops: readonly HopName[] }[] = [
  { name: 'DynamoDB', colour: '#3182ce', hops: ['dynamodb'] },
  {
    name: 'Step Functions',
    colour: '#b83280',
    hops: ['startExecution', 'startToFunction', 'waitToFunction'],
  },
  { name: 'SQS', colour: '#c05621', hops: ['sendToFunction'] },
  { name: 'HTTP', colour: '#718096', hops: ['http', 'request'] },
];

/** Plots what each path waits for, by the medians of its hops, as an SVG for light and dark pages. */
export function plotLatency(paths: readonly BilledPath[]): string {
  const most = Math.max(...paths.map(({ waves }) => waves.reduce((sum, wave) => sum + msOf(wave.hops), 0)));
  const width = labelWidth + plotWidth + right;
  const rows = paths.map((path, index) => {
    const y = top + index * lineHeight;
    let x = labelWidth;
    const bars = path.waves.map((wave) => {
      const length = (msOf(wave.hops) / most) * plotWidth;
      const bar = `<rect x="${x.toFixed(1)}" y="${y + 4}" width="${Math.max(1, length - 1).toFixed(1)}" height="${lineHeight - 9}" fill="${colourOf(wave.hops)}"/>`;
      x += length;
      return bar;
    });
    const { p50, p99 } = path.modelled;
    const text = `${path.sequentialCalls} calls, ${p50.toFixed(0)} / ${p99.toFixed(0)} ms`;
    return [
      `<text x="${labelWidth - 8}" y="${y + lineHeight / 2 + 4}" text-anchor="end">${path.name}</text>`,
      ...bars,
      `<text x="${(x + 6).toFixed(1)}" y="${y + lineHeight / 2 + 4}">${text}</text>`,
    ].join('');
  });
  const legendAt = top + paths.length * lineHeight + 22;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${legendAt - 22 + bottom}" width="${width}" font-family="system-ui, sans-serif" font-size="12" fill="#888" role="img">`,
    '<title>Modelled: what each path waits for, one box for each wave of calls; p50 / p99 of the whole</title>',
    ...rows,
    ...kinds.map(
      ({ name, colour }, index) =>
        `<rect x="${labelWidth + index * 110}" y="${legendAt - 10}" width="12" height="12" fill="${colour}"/><text x="${labelWidth + 18 + index * 110}" y="${legendAt}">${name}</text>`,
    ),
    '</svg>',
    '',
  ].join('\n');
}

function msOf(names: readonly HopName[]): number {
  return Math.max(...names.map((name) => hops[name].p50));
}

function colourOf(names: readonly HopName[]): string {
  return kinds.find((kind) => kind.hops.some((name) => names.includes(name)))?.colour ?? '';
}
