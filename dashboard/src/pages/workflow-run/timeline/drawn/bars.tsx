import type { Scale } from '../axis/scale';
import type { DeliveryRow, StepRow } from '../rows/row';

/** The time that a step or delivery took, is taking, and will take. */
export function Bars({ row, scale, now }: { row: StepRow | DeliveryRow; scale: Scale; now: number }) {
  const { bar } = row;
  const queued = row.is === 'step' ? row.queued : null;
  const goesOnUntil = bar === null || bar.to !== null ? null : bar.expected;
  return (
    <span className={`picture-bars picture-${row.outcome}`}>
      {queued !== null && <Stretch kind="queued" scale={scale} from={queued.from} to={queued.to ?? now} />}
      {goesOnUntil !== null && goesOnUntil > now && (
        <Stretch kind={row.is === 'delivery' ? 'due' : 'expected'} scale={scale} from={now} to={goesOnUntil} />
      )}
      {bar !== null && (
        <Stretch
          kind={row.is === 'delivery' ? 'delivery' : bar.isWait ? 'wait' : 'work'}
          scale={scale}
          from={bar.from}
          to={bar.to ?? Math.max(now, bar.from)}
        />
      )}
    </span>
  );
}

interface StretchProps {
  readonly kind: 'queued' | 'work' | 'wait' | 'delivery' | 'expected' | 'due';
  readonly scale: Scale;
  readonly from: number;
  readonly to: number;
}

/** What took no time is still drawn, so that it is seen, and never beyond the edge. */
function Stretch({ kind, scale, from, to }: StretchProps) {
  const [left, right] = [scale.at(from), scale.at(to)];
  const width = `max(${(right - left) * 100}%, var(--picture-least))`;
  return (
    <span
      className={`picture-bar picture-${kind}`}
      style={{ left: `min(${left * 100}%, 100% - var(--picture-least))`, width }}
    />
  );
}
