import { Link } from '../../picture/link';
import { soFar } from '../../../../parts/duration';
import { plural } from '../../../../parts/plural';
import { titled } from '../../../../parts/statuses';
import { describe } from '../rows/describe';
import type { StepRow } from '../rows/row';
import { Bars } from './bars';
import type { LineProps } from './line';
import { inOneLine, nameOf } from './words';

interface StepLineProps extends LineProps {
  readonly row: StepRow;
  readonly openStep: (index: number | undefined) => void;
}

/** A step. It leads to the step in the list below. */
export function StepLine({ row, scale, now, reached, openStep }: StepLineProps) {
  const described = describe(row, undefined, nameOf);
  return (
    <li className="picture-row">
      <Link
        className="picture-line"
        to={`#step-${row.index}`}
        place={`${row.id}/0`}
        isReached={reached === 0}
        label={described && inOneLine(described)}
      >
        <span className="picture-label">
          <span className="picture-name">
            {row.index + 1}. {row.type}
          </span>{' '}
          <span className="picture-status">{titled(row.status)}</span>
        </span>
        <span className="picture-track">
          <Bars row={row} scale={scale} now={now} />
        </span>
      </Link>
      {row.isForgotten && <Note>Deliveries no longer kept</Note>}
      {row.bar !== null && row.bar.expected !== null && row.bar.expected > now && (
        <Note share={scale.at((row.bar.from + row.bar.expected) / 2)}>{soFar(row.bar.expected - now)} left</Note>
      )}
      {row.folded !== null && (
        <span className="picture-track picture-above">
          <button
            type="button"
            className="picture-fold-button"
            data-place={`${row.id}/1`}
            tabIndex={reached === 1 ? 0 : -1}
            aria-expanded={row.folded.open}
            onClick={() => openStep(row.folded?.open === true ? undefined : row.index)}
          >
            {row.folded.open ? 'Hide' : 'Show'} {plural(row.folded.count, 'delivery', 'deliveries')}
          </button>
        </span>
      )}
    </li>
  );
}

/** A text on a line, at its end or in the middle of its bar. */
function Note({ share, children }: { share?: number; children: React.ReactNode }) {
  const place = share === undefined ? { right: 0 } : { left: `${share * 100}%`, transform: 'translateX(-50%)' };
  return (
    <span className="picture-track picture-above">
      <span className="picture-note" style={place}>
        {children}
      </span>
    </span>
  );
}
