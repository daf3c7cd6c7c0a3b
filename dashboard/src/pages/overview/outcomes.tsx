import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { RunStatus } from '../../../../functions/domain/run-status';
import type { Overview } from '../../../../functions/domain/run/overview/view';
import { Go } from '../../parts/go';
import { number, plural } from '../../parts/plural';
import { RunStatusIndicator } from '../../parts/statuses';
import { Time } from '../../parts/time';
import { runsAddress } from './addresses';

const shown: readonly RunStatus[] = ['succeeded', 'failed', 'running', 'queued', 'cancelled'];

/** How the runs of the last day ended. Each number leads to its runs. */
export function Outcomes({ overview }: { overview: Overview | undefined }) {
  return (
    <Container
      fitHeight
      header={
        <Header variant="h2" description={<Window window={overview?.window} />}>
          Last 24 hours
        </Header>
      }
    >
      <dl className="outcomes">
        {shown.map((status) => (
          <div key={status}>
            <dt>
              <RunStatusIndicator status={status} />
            </dt>
            <dd>{overview === undefined ? <Unknown /> : <Count overview={overview} status={status} />}</dd>
          </div>
        ))}
      </dl>
    </Container>
  );
}

function Count({ overview: { window, runs }, status }: { overview: Overview; status: RunStatus }) {
  const count = runs[status];
  return (
    <Go
      to={runsAddress(window, status)}
      variant="awsui-value-large"
      ariaLabel={`${plural(count, 'run')} ${status} in the last 24 hours`}
    >
      {number(count)}
    </Go>
  );
}

function Window({ window }: { window: Overview['window'] | undefined }) {
  if (window === undefined) return 'Reading';
  if (window.counted_upto !== null) {
    return (
      <StatusIndicator type="in-progress">
        Counting: runs up to <Time at={window.counted_upto} /> are counted so far
      </StatusIndicator>
    );
  }
  return (
    <>
      Runs started since <Time at={window.since} />
    </>
  );
}

/** Takes the place of a number that is being read. */
export function Unknown() {
  return <Box variant="awsui-value-large">–</Box>;
}
