import type { RunDetail } from '../../../../api/routes';
import { isOpen } from '../../../../run/open';
import { foldsIn, type Span } from '../axis/folds';
import { horizonOf } from '../axis/horizon';
import { timeScale, type Scale } from '../axis/scale';
import type { Row } from './row';

/** Whether the picture changes as time passes. */
export function goesOn(run: RunDetail, rows: readonly Row[]): boolean {
  return isOpen(run) || rows.some((row) => row.is === 'delivery' && row.status === 'pending');
}

/** The end of the picture: the last thing that happened or will happen, and at least a bit after now while it goes on. */
export function endOf(run: RunDetail, rows: readonly Row[], now: number): number {
  const from = Date.parse(run.created_at);
  const known = Math.max(from, Date.parse(run.finished_at ?? run.created_at), ...rows.flatMap(momentsOf));
  // One millisecond, because something drawn over no time has no scale.
  return Math.max(from + 1, known, goesOn(run, rows) && now > known ? horizonOf(from, now) : 0);
}

export function scaleOf(run: RunDetail, rows: readonly Row[], to: number): Scale {
  const from = Date.parse(run.created_at);
  const whole = { from, to };
  const moments = [from, Date.parse(run.started_at ?? run.created_at), Date.parse(run.finished_at ?? run.created_at)];
  const busy = [...moments, ...rows.flatMap(momentsOf)].map((at) => ({ from: at, to: at }));
  return timeScale(whole, foldsIn([...busy, ...rows.flatMap((row) => workIn(row, to))], whole));
}

/** When something begins, ends or is expected to. */
function momentsOf(row: Row): number[] {
  if (row.is === 'more') return [];
  const { bar } = row;
  const bars = bar === null ? [] : [bar.from, bar.to, bar.expected].filter((at) => at !== null);
  return row.is === 'step' ? bars : [...bars, ...row.ticks.map(({ at, made }) => at + (made?.duration_ms ?? 0))];
}

/** The time in which something is done, which is never folded. */
function workIn(row: Row, end: number): Span[] {
  if (row.is === 'more') return [];
  if (row.is === 'delivery') return row.ticks.map(({ at, made }) => ({ from: at, to: at + (made?.duration_ms ?? 0) }));
  const queued = row.queued === null ? [] : [{ from: row.queued.from, to: row.queued.to ?? end }];
  const { bar } = row;
  return bar === null || bar.isWait ? queued : [...queued, { from: bar.from, to: bar.to ?? end }];
}
