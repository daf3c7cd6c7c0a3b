import { memo } from 'react';
import { Link } from '../../picture/link';
import { plural } from '../../../../parts/plural';
import type { Row } from '../rows/row';
import { DeliveryLine } from './delivery-line';
import type { LineProps } from './line';
import { StepLine } from './step-line';

interface RowLineProps extends LineProps {
  readonly row: Row;
  readonly runId: number;
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
