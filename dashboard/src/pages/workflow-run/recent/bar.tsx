import type { Run } from '../../../api/routes';
import { duration } from '../../../parts/duration';
import { titled } from '../../../parts/statuses';
import { Link } from '../picture/link';
import type { Outcome } from '../picture/outcome';
import type { RunBar } from './bars';

const outcomes: Readonly<Record<Run['status'], Outcome>> = {
  queued: 'waiting',
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'stopped',
};
/** A sign over the bar of whatever did not succeed, for who cannot tell the colors. */
const signs: Readonly<Record<Run['status'], string>> = {
  queued: '…',
  running: '…',
  succeeded: '',
  failed: '✕',
  cancelled: '–',
};

interface BarProps {
  readonly bar: RunBar;
  readonly place: string;
  readonly isReached: boolean;
  /** It is the run that the page shows. */
  readonly isShown: boolean;
}

/** The duration of one run. */
export function Bar({ bar, place, isReached, isShown }: BarProps) {
  const { run, height } = bar;
  return (
    <li className={isShown ? 'recent-run recent-this' : 'recent-run'}>
      <Link
        to={`/workflow-runs/${run.id}`}
        className="recent-link"
        place={place}
        isReached={isReached}
        label={isShown ? `${wordsOf(bar)}, this run` : wordsOf(bar)}
        isCurrent={isShown}
      >
        <span className={`recent-sign picture-${outcomes[run.status]}`}>{signs[run.status]}</span>
        <span
          className={`recent-bar recent-${outcomes[run.status]} picture-${outcomes[run.status]}`}
          style={{ height: `max(4px, ${height * 64}px)` }}
        />
      </Link>
    </li>
  );
}

/** `Run #12: Succeeded in 2.1 s`. */
export function wordsOf({ run, tookMs }: RunBar): string {
  const took = tookMs === null ? 'not started' : duration(tookMs);
  return `Run #${run.id}: ${titled(run.status)}${tookMs === null ? ', ' : run.finished_at === null ? ' for ' : ' in '}${took}`;
}
