import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useMemo, useState } from 'react';
import type { RunDetail } from '../../../api/routes';
import { useServerTime } from '../../../parts/clock/use-server-time';
import { plural } from '../../../parts/plural';
import { marksOf } from './axis/marks';
import type { Scale } from './axis/scale';
import { Axis, Lines } from './drawn/axis';
import { Readout } from './drawn/readout';
import { RowLine } from './drawn/row-line';
import { AsTable } from './drawn/table';
import { nameOf } from './drawn/words';
import { describe } from './rows/describe';
import type { Row } from './rows/row';
import { rowsOf } from './rows/rows';
import { endOf, goesOn, scaleOf } from './rows/time';
import { useAttempts } from './use-attempts';
import { usePlaces } from '../picture/use-places';
import '../picture/colors.css';
import './timeline.css';

const secondMs = 1_000;
const dayMs = 86_400_000;

/** The run as a picture: a bar for each step, and beneath it its deliveries with a mark for each attempt. */
export function Timeline({ run }: { run: RunDetail }) {
  const [opened, setOpened] = useState<number>();
  const { read, error, retry } = useAttempts(run, opened);
  const rows = useMemo(() => rowsOf(run, read, opened), [run, read, opened]);
  const isMoving = goesOn(run, rows);
  const time = useServerTime(isMoving ? secondMs : dayMs);
  const end = endOf(run, rows, time);
  const scale = useMemo(() => scaleOf(run, rows, end), [run, rows, end]);
  const marks = useMemo(() => marksOf(scale), [scale]);
  const { reached, shown, handlers } = usePlaces(rows.map((row) => ({ id: row.id, count: countIn(row) })));
  const shownRow = shown && rows[shown.row];
  return (
    <>
      <div
        className="picture picture-colors"
        role="group"
        aria-label={`Timeline of run #${run.id}: ${plural(run.steps.length, 'step')}, ${run.status}. Arrow keys move along bars and attempts.`}
        {...handlers}
      >
        <div className="picture-scroll">
          <div
            className="picture-plot"
            style={{ minWidth: `calc(var(--picture-names) + ${leastWidth(rows, scale)}px)` }}
          >
            <Lines scale={scale} marks={marks} now={isMoving ? time : undefined} />
            <Axis scale={scale} marks={marks} />
            <ul className="picture-rows">
              {rows.map((row, index) => (
                <RowLine
                  key={row.id}
                  row={row}
                  scale={scale}
                  now={isMoving && rowGoesOn(row) ? time : end}
                  runId={run.id}
                  reached={reached.row === index ? reached.item : undefined}
                  openStep={setOpened}
                />
              ))}
            </ul>
          </div>
        </div>
        <Readout
          shown={shownRow && describe(shownRow, tickAt(shownRow, shown.item), nameOf)}
          now={isMoving ? time : undefined}
        />
      </div>
      {error !== null && (
        <StatusIndicator type="warning">
          The attempts could not be read.{' '}
          <Button variant="inline-link" onClick={retry}>
            Try again
          </Button>
        </StatusIndicator>
      )}
      <AsTable rows={rows} />
    </>
  );
}

/** In pixels: so much that marks of attempts do not cover each other, and the lengths of folds can be read. */
function leastWidth(rows: readonly Row[], { folds }: Scale): number {
  const mostTicks = Math.max(0, ...rows.map((row) => (row.is === 'delivery' ? row.ticks.length : 0)));
  return Math.max(240 + 36 * folds.length, 18 * mostTicks);
}

function countIn(row: Row): number {
  if (row.is === 'delivery') return 1 + row.ticks.length;
  return row.is === 'step' && row.folded !== null ? 2 : 1;
}

function tickAt(row: Row, item: number) {
  return row.is === 'delivery' ? row.ticks[item - 1] : undefined;
}

function rowGoesOn(row: Row): boolean {
  if (row.is === 'more') return false;
  const isQueued = row.is === 'step' && row.queued !== null && row.queued.to === null;
  return isQueued || (row.bar !== null && row.bar.to === null);
}
