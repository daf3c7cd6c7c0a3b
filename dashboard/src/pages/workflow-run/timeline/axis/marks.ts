import type { Scale } from './scale';

export interface Mark {
  readonly share: number;
  readonly label: string;
}

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
/** What people count time in. */
const roundMs: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * secondMs),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minuteMs),
  ...[1, 2, 3, 6, 12, 24, 48, 96].map((hours) => hours * hourMs),
];
/** Marks closer than this would write over each other on a small screen. */
export const leastApart = 0.13;
/** A fold has its length written in it, which needs its room too. */
const besideFold = 0.045;

/** The marks of the axis: round lengths of time since the run was accepted, outside the folds. */
export function marksOf(scale: Scale): Mark[] {
  const step = roundMs.find((ms) => ms * scale.sharePerMs >= leastApart) ?? roundMs.at(-1) ?? hourMs;
  const edges = scale.folds.flatMap(({ from, to }) => [scale.at(from), scale.at(to)]);
  const marks: Mark[] = [];
  for (const { from, to } of openParts(scale)) {
    for (
      let since = Math.ceil((from - scale.whole.from) / step) * step;
      scale.whole.from + since <= to;
      since += step
    ) {
      const share = scale.at(scale.whole.from + since);
      const last = marks.at(-1)?.share ?? -1;
      const isClear = edges.every((edge) => Math.abs(edge - share) >= besideFold);
      if (isClear && share - last >= leastApart * 0.999) marks.push({ share, label: exactly(since) });
    }
  }
  return marks;
}

/** The length of a fold, in its largest unit: `25 s`, `5 min`, `10 h`. */
export function roughly(ms: number): string {
  if (ms < 59_500) return `${Math.round(ms / secondMs)} s`;
  if (ms < 59.5 * minuteMs) return `${Math.round(ms / minuteMs)} min`;
  const hours = Math.round(ms / hourMs);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} d`;
}

function openParts({ whole, folds }: Scale): { from: number; to: number }[] {
  const starts = [whole.from, ...folds.map(({ to }) => to)];
  const ends = [...folds.map(({ from }) => from), whole.to];
  return starts.map((from, index) => ({ from, to: ends[index] ?? whole.to }));
}

/** Never rounded, or two marks would have one label: `200 ms`, `1.5 s`, `5 min`, `5:30`, `2 h`, `2:35:10`. */
function exactly(ms: number): string {
  if (ms > 0 && ms < secondMs) return `${ms} ms`;
  if (ms < minuteMs) return `${ms / secondMs} s`;
  if (ms % hourMs === 0) return `${ms / hourMs} h`;
  if (ms < hourMs && ms % minuteMs === 0) return `${ms / minuteMs} min`;
  const minutes = Math.floor((ms % hourMs) / minuteMs);
  const [whole = '', part] = String((ms % minuteMs) / secondMs).split('.');
  const seconds = whole.padStart(2, '0') + (part === undefined ? '' : `.${part}`);
  return ms < hourMs
    ? `${minutes}:${seconds}`
    : `${Math.floor(ms / hourMs)}:${String(minutes).padStart(2, '0')}:${seconds}`;
}
