import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { useRead } from '../../api/use-api';
import { GoButton } from '../../parts/go';
import { NoRows } from '../../parts/load-state';
import { runColumns } from '../../run/columns';
import { pollRuns } from '../../workflow/poll-runs';

const shownColumns = ['run', 'status', 'steps', 'who', 'created', 'duration'];

/** The last ten runs of one workflow. */
export function RecentRuns({ workflowId }: { workflowId: number }) {
  const { data, error, isPending, refetch } = useRead(
    'GET workflow-runs',
    { query: { workflow_id: String(workflowId), limit: 10 } },
    { poll: ({ data: runs }) => pollRuns(runs) },
  );
  return (
    <Table
      header={
        <Header
          variant="h2"
          actions={<GoButton to={`/workflow-runs?workflow_id=${workflowId}`}>View all</GoButton>}
          description="The last ten runs."
        >
          Runs
        </Header>
      }
      columnDefinitions={runColumns.filter(({ id }) => shownColumns.includes(id))}
      items={data?.data ?? []}
      trackBy={({ id }) => String(id)}
      loading={isPending}
      loadingText="Loading runs"
      ariaLabels={{ tableLabel: 'Runs of this workflow' }}
      enableKeyboardNavigation
      empty={
        <NoRows error={error} retry={() => void refetch()} title="No runs yet">
          <Box color="inherit">The runs of this workflow will be listed here.</Box>
        </NoRows>
      }
    />
  );
}
