import { bursts } from './bursts';
import { quietWaits } from './fair-queue';
import { burst, midnightBurst } from './midnight-burst';

interface Point {
  readonly x: number;
  readonly y: number;
}
interface Line {
  readonly name: string;
  readonly colour: string;
  readonly dashed?: boolean;
  readonly points: readonly Point[];
}

const [panelWidth, panelHeight, margin] = [340, 200, 48];
const colours = ['#2f855a', '#c05621'];

/** Plots the waits of quiet tenants next to a hot one, and a burst at midnight, as an SVG for light and dark pages. */
export function plotScale(): string {
  const width = 2 * (panelWidth + margin) + 20;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${panelHeight + 2 * margin + 34}" width="${width}" font-family="system-ui, sans-serif" font-size="12" fill="#888" role="img">`,
    '<title>Simulated: quiet tenants beside a hot one, and a burst at midnight</title>',
    panel(0, 'quiet tenants’ messages handed over within … s', quietLines(), { x: 160, y: 100, unitOfY: '%' }),
    panel(
      panelWidth + margin,
      `${(burst.tenants * burst.triggersEach).toLocaleString('en')} triggers at midnight, s`,
      burstLines(),
      {
        x: 200,
        y: 100,
        unitOfY: '%',
      },
    ),
    '</svg>',
    '',
  ].join('\n');
}

function quietLines(): Line[] {
  return [true, false].map((fair, index) => {
    const waits = quietWaits(fair);
    const points = Array.from({ length: 161 }, (_, x) => ({
      x,
      y: (waits.filter((wait) => wait <= x).length / waits.length) * 100,
    }));
    return { name: fair ? 'fair queue' : 'in order of arrival', colour: colours[index] ?? '', points };
  });
}

function burstLines(): Line[] {
  const all = burst.tenants * burst.triggersEach;
  return bursts.flatMap((limits, index) => {
    const seconds = midnightBurst(limits).filter(({ second }) => second <= 200);
    const colour = colours[index] ?? '';
    const points = (which: 'accepted' | 'started') =>
      seconds.map((one) => ({ x: one.second, y: (one[which] / all) * 100 }));
    const name = index === 0 ? 'as deployed' : 'limits raised';
    return [
      { name: `${name}: accepted (dashed)`, colour, dashed: true, points: points('accepted') },
      { name: `${name}: started`, colour, points: points('started') },
    ];
  });
}

function panel(
  left: number,
  title: string,
  lines: readonly Line[],
  most: { x: number; y: number; unitOfY: string },
): string {
  const [x0, y0] = [left + margin, margin + panelHeight];
  const x = (value: number) => (x0 + (value / most.x) * (panelWidth - 20)).toFixed(1);
  const y = (value: number) => (y0 - (value / most.y) * panelHeight).toFixed(1);
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  return [
    `<text x="${x0}" y="${margin - 18}" font-weight="600">${title}</text>`,
    ...ticks.map((part) => `<text x="${x(part * most.x)}" y="${y0 + 16}" text-anchor="middle">${part * most.x}</text>`),
    ...ticks.map(
      (part) =>
        `<text x="${x0 - 6}" y="${Number(y(part * most.y)) + 4}" text-anchor="end">${part * most.y}${most.unitOfY}</text>`,
    ),
    `<path d="M${x0} ${margin}V${y0}H${x(most.x)}" fill="none" stroke="#888"/>`,
    ...lines.map(({ colour, dashed, points }) => {
      const path = points.map((point) => `${x(point.x)} ${y(point.y)}`).join('L');
      return `<path d="M${path}" fill="none" stroke="${colour}" stroke-width="2"${dashed === true ? ' stroke-dasharray="4 3"' : ''}/>`;
    }),
    ...lines.map(
      ({ name, colour }, index) =>
        `<text x="${x0 + (index % 2) * 170}" y="${y0 + 36 + Math.floor(index / 2) * 16}" fill="${colour}">${name}</text>`,
    ),
  ].join('\n');
}
