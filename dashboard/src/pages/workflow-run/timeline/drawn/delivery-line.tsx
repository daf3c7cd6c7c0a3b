import { Link } from '../../picture/link';
import { useIsNarrow } from '../../../../parts/list/narrow';
import { titled } from '../../../../parts/statuses';
import { apart } from '../axis/apart';
import { describe } from '../rows/describe';
import type { DeliveryRow } from '../rows/row';
import { AttemptShape } from './attempt-shape';
import { Bars } from './bars';
import type { LineProps } from './line';
import { inOneLine, nameOf } from './words';

/** Marks of attempts are 16 pixels wide. On a small screen that is a larger part of the picture. */
const tickShare = 0.034;
const narrowTickShare = 0.06;

/** A delivery with its attempts. All of it leads to the page of the delivery. */
export function DeliveryLine({ row, scale, now, reached }: LineProps & { readonly row: DeliveryRow }) {
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
