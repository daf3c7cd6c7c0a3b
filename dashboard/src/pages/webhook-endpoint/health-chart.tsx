import BarChart from '@cloudscape-design/components/bar-chart';
import {
  colorChartsStatusHigh,
  colorChartsStatusNeutral,
  colorChartsStatusPositive,
} from '@cloudscape-design/design-tokens';
import type { Delivery } from '../../api/routes';
import { clockFormat } from '../../parts/time';
import { useServerTime } from '../../parts/clock/use-server-time';

const hourMs = 3_600_000;
/** In some time zones an hour begins at a quarter of the hour of others. */
const quarterMs = hourMs / 4;
const dayMs = 24 * hourMs;
const hourName = new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit', ...clockFormat });
const dayName = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' });

/** The number of deliveries for each hour of the last day, or for each day if they reach further back. */
export function HealthChart({ deliveries }: { deliveries: readonly Delivery[] }) {
  const now = useServerTime(quarterMs);
  const oldest = Math.min(...deliveries.map(({ created_at: at }) => Date.parse(at)));
  const isRecent = now - oldest < dayMs;
  const slots = isRecent ? slotsOf(now, 24, hourMs, hourName) : slotsOf(now, 14, dayMs, dayName);
  const series = (title: string, color: string, ...statuses: Delivery['status'][]) => ({
    type: 'bar' as const,
    title,
    color,
    data: slots.map(({ name, from, to }) => ({
      x: name,
      y: deliveries.filter(({ status, created_at: at }) => {
        const ms = Date.parse(at);
        return statuses.includes(status) && ms >= from && ms < to;
      }).length,
    })),
  });
  return (
    <BarChart
      ariaLabel="Deliveries over time"
      stackedBars
      height={180}
      hideFilter
      xScaleType="categorical"
      xDomain={slots.map(({ name }) => name)}
      xTitle={isRecent ? 'Hour' : 'Day'}
      yTitle="Deliveries"
      yTickFormatter={(count) => (Number.isInteger(count) ? String(count) : '')}
      series={[
        series('Delivered', colorChartsStatusPositive, 'delivered'),
        series('Pending', colorChartsStatusNeutral, 'pending'),
        series('Failed or blocked', colorChartsStatusHigh, 'failed', 'blocked'),
      ]}
    />
  );
}

interface Slot {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** The last `count` hours or days in the reader's time zone, including the current one. */
function slotsOf(now: number, count: number, lengthMs: number, name: Intl.DateTimeFormat): Slot[] {
  const start = new Date(now);
  start.setMinutes(0, 0, 0);
  if (lengthMs === dayMs) start.setHours(0);
  return Array.from({ length: count }, (_, index) => {
    const from = start.getTime() - (count - 1 - index) * lengthMs;
    return { name: name.format(from), from, to: from + lengthMs };
  });
}
