import BarChart from '@cloudscape-design/components/mixed-line-bar-chart';
import type { UsageView } from '../../../../functions/domain/tenant/usage';

const shownDays = 30;
const dayMs = 86_400_000;
const dayName = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' });

/** The number of runs on each of the last 30 UTC days, with the cap as a line. */
export function UsageChart({ usage: { day, cap, history } }: { usage: UsageView }) {
  const used = new Map(history.map((entry) => [entry.day, entry.used]));
  const days = Array.from({ length: shownDays }, (_, index) => {
    const at = new Date(Date.parse(`${day}T00:00:00Z`) - (shownDays - 1 - index) * dayMs);
    return { x: dayName.format(at), y: used.get(at.toISOString().slice(0, 10)) ?? 0 };
  });
  const highest = Math.max(5, ...days.map(({ y }) => y));
  // A cap far above the bars is not shown, because the scale would flatten the bars.
  const showsCap = cap !== null && cap <= highest * 3;
  return (
    <BarChart
      ariaLabel="Runs by day"
      height={220}
      hideFilter
      hideLegend={!showsCap}
      xScaleType="categorical"
      xDomain={days.map(({ x }) => x)}
      yDomain={[0, showsCap ? Math.max(highest, cap) : highest]}
      xTitle="Day (UTC)"
      yTitle="Runs"
      yTickFormatter={(count) => (Number.isInteger(count) ? String(count) : '')}
      series={[
        { type: 'bar', title: 'Runs', data: days },
        ...(showsCap ? [{ type: 'threshold' as const, title: 'Daily run cap today', y: cap }] : []),
      ]}
    />
  );
}
