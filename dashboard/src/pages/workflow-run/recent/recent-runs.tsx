import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useEffect, useState } from 'react';
import { serverNow } from '../../../api/server-clock';
import type { RunDetail } from '../../../api/routes';
import { useRead } from '../../../api/use-api';
import { duration } from '../../../parts/duration';
import { GoButton } from '../../../parts/go';
import { isOpen } from '../../../run/open';
import { usePlaces } from '../picture/use-places';
import { barsOf, usualMs, type RunBar } from './bars';
import { Bar, wordsOf } from './bar';
import '../picture/colors.css';
import './recent-runs.css';

const shownRuns = 20;

/** The last runs of the same workflow, so that one sees whether this one is as usual. */
export function RecentRuns({ run }: { run: RunDetail }) {
  const ended = !isOpen(run);
  const { data, refetch } = useRead('GET workflow-runs', {
    query: { workflow_id: String(run.workflow_id), limit: shownRuns },
  });
  // Read once, and once more when this run ends. Nobody waits for the others here.
  const [wasOpen] = useState(!ended);
  useEffect(() => {
    if (wasOpen && ended) void refetch();
  }, [wasOpen, ended, refetch]);
  const bars = data === undefined ? [] : barsOf(data.data, run, serverNow());
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={data === undefined ? 'Loading the runs.' : summaryOf(bars)}
          actions={<GoButton to={`/workflow-runs?workflow_id=${run.workflow_id}`}>View all</GoButton>}
        >
          Same workflow, last {shownRuns} runs
        </Header>
      }
    >
      <RunBars bars={bars} shownId={run.id} />
    </Container>
  );
}

function RunBars({ bars, shownId }: { bars: readonly RunBar[]; shownId: number }) {
  const { reached, shown, handlers } = usePlaces([{ id: 'runs', count: bars.length }], bars.length - 1);
  const shownBar = shown && bars[shown.item];
  return (
    <div
      className="picture-colors"
      role="group"
      aria-label="Durations of the last runs. Arrow keys move along the runs."
      {...handlers}
    >
      <ul className="recent-bars">
        {bars.map((bar, index) => (
          <Bar
            key={bar.run.id}
            bar={bar}
            place={`runs/${index}`}
            isReached={reached.item === index}
            isShown={bar.run.id === shownId}
          />
        ))}
      </ul>
      <Box color="text-body-secondary">
        <span aria-hidden="true">
          {shownBar === undefined ? 'Oldest on the left. The framed bar is this run.' : wordsOf(shownBar)}
        </span>
      </Box>
    </div>
  );
}

function summaryOf(bars: readonly RunBar[]): string {
  const usual = usualMs(bars);
  const failed = bars.filter(({ run }) => run.status === 'failed').length;
  const counted = failed === 0 ? 'None failed' : `${failed} of ${bars.length} failed`;
  return usual === undefined
    ? `${counted}.`
    : `${counted}. Half of those that succeeded took at most ${duration(usual)}.`;
}
