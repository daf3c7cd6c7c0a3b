import { ratioDecimals, type Row, type Target } from '../measure/row';

const [labelWidth, plotWidth, lineHeight] = [330, 400, 22];
const [top, right, bottom] = [30, 60, 12];
const font = 'font-family="system-ui, sans-serif" font-size="12"';

/** Plots every ratio with a target as an SVG for light and dark pages: a bar, its quartiles, a tick at the target. */
export function plotRatios(rows: readonly Row[]): string {
  const judged = rows.flatMap(({ what, ratio, target, holds }) =>
    ratio === undefined || target === undefined ? [] : [{ what, ratio, target, holds: holds === true }],
  );
  const most = Math.max(...judged.map(({ ratio, target }) => Math.max(ratio.q3, limitOf(target)))) * 1.05;
  const x = (value: number) => labelWidth + (value / most) * plotWidth;
  const width = labelWidth + plotWidth + right;
  const height = top + judged.length * lineHeight + bottom;
  const bars = judged.map(({ what, ratio, target, holds }, index) => {
    const y = top + index * lineHeight;
    const middle = y + lineHeight / 2;
    const colour = holds ? '#2f855a' : '#c05621';
    return [
      `<text x="${labelWidth - 8}" y="${middle + 4}" text-anchor="end">${what}</text>`,
      `<rect x="${labelWidth}" y="${y + 4}" width="${px(x(ratio.median) - labelWidth)}" height="${lineHeight - 8}" fill="${colour}"/>`,
      `<path d="M${px(x(ratio.q1))} ${middle}H${px(x(ratio.q3))}" stroke="#888" stroke-width="2"/>`,
      `<path d="M${px(x(limitOf(target)))} ${y + 1}v${lineHeight - 2}" stroke="#3182ce" stroke-width="3"/>`,
      `<text x="${px(x(Math.max(ratio.q3, limitOf(target))) + 6)}" y="${middle + 4}">${ratio.median.toFixed(ratioDecimals)}</text>`,
    ].join('');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" ${font} fill="#888" role="img">`,
    '<title>Ratios to the baselines, with quartiles; the tick is the target</title>',
    '<text x="8" y="18">ratio to the baseline; grey: quartiles; blue: the target (≤ for times and bytes, ≥ for rates)</text>',
    ...bars,
    '</svg>',
    '',
  ].join('\n');
}

function limitOf(target: Target): number {
  return 'atMost' in target ? target.atMost : target.atLeast;
}

function px(value: number): string {
  return value.toFixed(1);
}
