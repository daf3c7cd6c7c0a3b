import { memo } from 'react';
import { Link } from '../../picture/link';
import { useIsNarrow } from '../../../../parts/list/narrow';
import { plural } from '../../../../parts/plural';
import { titled } from '../../../../parts/statuses';
import { apart } from '../axis/apart';
import type { Scale } from '../axis/scale';
import { describe } from '../rows/describe';
import type { DeliveryRow, Row, StepRow } from '../rows/row';
import { AttemptShape } from './attempt-shape';
import { Bars } from './bars';
import { inOneLine, nameOf } from './words';

/** Marks of attempts are 16 pixels wide. On a small screen that is a larger part of the picture. */
const tickShare = 0.034;
const narrowTickShare = 0.06;

interface RowLineProps {
  readonly row: Row;
  readonly scale: Scale;
  /** The same at each rendering for what does not go on, so that it is not drawn again each second. */
  readonly now: number;
  readonly runId: number;
  /** What in it can be reached with Tab; undefined if that is in another row. */
  readonly reached: number | undefined;
  readonly openStep: (index: number | undefined) => void;
}

/** One line of the picture: its name, its bars, and the attempts or the button on them. */
export const RowLine = memo(function RowLine(props: RowLineProps) {
  const { row, runId, reached } = props;
  if (row.is === 'more') {
    return (
      <li className="picture-row">
        <Link
          className="picture-line"
          to={`/webhook-deliveries?run_id=${runId}`}
          place={`${row.id}/0`}
          isReached={reached === 0}
        >
          <span className="picture-label picture-nested">
            and {plural(row.count, 'more delivery', 'more deliveries')}
          </span>
        </Link>
      </li>
    );
  }
  return row.is === 'step' ? <StepLine {...props} row={row} /> : <DeliveryLine {...props} row={row} />;
});

function StepLine({ row, scale, now, reached, openStep }: RowLineProps & { readonly row: StepRow }) {
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
      {row.isForgotten && (
        <span className="picture-track picture-above">
          <span className="picture-note">Deliveries no longer kept</span>
        </span>
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

function DeliveryLine({ row, scale, now, reached }: RowLineProps & { readonly row: DeliveryRow }) {
  const described = describe(row, undefined, nameOf);
  const path = `/webhook-deliveries/${row.deliveryId}`;
  const shares = apart(
    row.ticks.map(({ at }) => scale.at(at)),
    useIsNarrow() ? narrowTickShare : tickShare,
  );
  return (
    <li className="picture-row">
      <Link
        className="picture-line"
        to={path}
        place={`${row.id}/0`}
        isReached={reached === 0}
        label={described && inOneLine(described)}
      >
        <span className="picture-label picture-nested">
          <span className="picture-name">{nameOf(row)}</span>{' '}
          <span className="picture-status">{titled(row.status)}</span>
        </span>
        <span className="picture-track">
          <Bars row={row} scale={scale} now={now} />
        </span>
      </Link>
      <span className="picture-track picture-above">
        {row.ticks.map((tick, index) => {
          const shown = describe(row, tick, nameOf);
          return (
            <Link
              key={tick.number}
              className="picture-tick"
              to={path}
              place={`${row.id}/${index + 1}`}
              isReached={reached === index + 1}
              label={shown && inOneLine(shown)}
              share={shares[index]}
            >
              <AttemptShape made={tick.made} />
            </Link>
          );
        })}
      </span>
    </li>
  );
}
