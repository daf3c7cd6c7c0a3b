import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import Box from '@cloudscape-design/components/box';
import type { Overview } from '../../../../functions/domain/run/overview/view';
import { Go } from '../../parts/go';
import { number, plural } from '../../parts/plural';
import { Clock } from '../../parts/time';
import { runsCounted } from '../usage/runs-counted';
import { Unknown } from './outcomes';

/** How many runs were started today, and how many the cap allows. */
export function Today({ day }: { day: Overview['day'] | undefined }) {
  return (
    <Container
      fitHeight
      header={
        <Header variant="h2" description={<Resets day={day} />}>
          Today
        </Header>
      }
    >
      <div className="today">{day === undefined ? <Unknown /> : <Used day={day} />}</div>
    </Container>
  );
}

function Used({ day }: { day: Overview['day'] }) {
  const { used, cap } = day;
  return (
    <>
      <div>
        <Go
          to={`/workflow-runs?${new URLSearchParams(runsCounted(day)).toString()}`}
          variant="awsui-value-large"
          ariaLabel={`${plural(used, 'run')} started today`}
        >
          {number(used)}
        </Go>
      </div>
      {cap === null ? (
        <Box color="text-body-secondary">runs started; this tenant has no daily run cap</Box>
      ) : (
        <ProgressBar
          value={cap === 0 ? 100 : Math.min(100, (used / cap) * 100)}
          ariaLabel="Runs used today"
          description={<Go to="/usage">{`of ${number(cap)} runs a day`}</Go>}
        />
      )}
    </>
  );
}

function Resets({ day }: { day: Overview['day'] | undefined }) {
  if (day === undefined) return 'Reading';
  return (
    <>
      Until {day.cap === null ? 'the day ends' : 'the cap resets'} at <Clock at={day.resets_at} />
    </>
  );
}
