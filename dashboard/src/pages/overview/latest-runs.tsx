import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import type { Run } from '../../api/routes';
import { Go } from '../../parts/go';
import { useArrivals } from '../../parts/list/arrivals/use-arrivals';
import { RunStatusIndicator } from '../../parts/statuses';
import { Time } from '../../parts/time';

/** The newest runs. They stay in their places while somebody points at one of them. */
export function LatestRuns({ runs }: { runs: readonly Run[] }) {
  const { rows, arrivals } = useArrivals({
    list: 'latest runs',
    items: runs,
    idOf: ({ id }) => String(id),
    isWhole: false,
  });
  return (
    <Container
      fitHeight
      header={
        <Header variant="h2" actions={<Go to="/workflow-runs">All runs</Go>}>
          Latest runs
        </Header>
      }
    >
      <ul
        className="lines"
        onPointerEnter={() => arrivals.hold(true)}
        onPointerLeave={() => arrivals.hold(false)}
        onFocus={() => arrivals.hold(true)}
        onBlur={() => arrivals.hold(false)}
      >
        {rows.map((run) => (
          <li key={run.id}>
            <Line run={run} />
          </li>
        ))}
      </ul>
    </Container>
  );
}

function Line({ run: { id, status, workflow_name: name, error, created_at: at } }: { run: Run }) {
  return (
    <div className="line">
      <div className="line-main">
        <Go to={`/workflow-runs/${id}`}>{`#${id} ${name}`}</Go>
        <Box variant="small" display="block">
          <Time at={at} />
          {error !== null && `, ${error.code}`}
        </Box>
      </div>
      <RunStatusIndicator status={status} />
    </div>
  );
}
