import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import Table from '@cloudscape-design/components/table';
import type { UsageView } from '../../../../functions/domain/tenant/usage';
import { GoButton } from '../../parts/go';
import { usePages } from '../../parts/list/use-pages';
import { NoRows } from '../../parts/load-state';
import { runColumns } from '../../run/columns';
import { pollRuns } from '../../workflow/poll-runs';
import { runsCounted } from './runs-counted';

const shownColumns = ['run', 'workflow', 'status', 'who', 'created'];
const rows = 10;

/** The runs that today's count is made of. */
export function RunsOfDay({ usage }: { usage: UsageView }) {
  const filters = runsCounted(usage);
  const runs = usePages({
    route: 'GET workflow-runs',
    filters,
    limit: rows,
    load: (call, page, signal) => call('GET workflow-runs', { query: { ...filters, ...page }, signal }),
    idOf: ({ id }) => String(id),
    poll: pollRuns,
  });
  return (
    <Table
      header={
        <Header
          variant="h2"
          description="The runs that today’s count includes."
          actions={
            <GoButton to={`/workflow-runs?${new URLSearchParams(filters).toString()}`}>Open in Workflow Runs</GoButton>
          }
        >
          Runs of today
        </Header>
      }
      columnDefinitions={runColumns.filter(({ id }) => shownColumns.includes(id))}
      items={runs.items}
      trackBy={({ id }) => String(id)}
      loading={runs.loading}
      loadingText="Loading runs"
      pagination={<Pagination {...runs.pagination} />}
      ariaLabels={{ tableLabel: 'Runs of today' }}
      enableKeyboardNavigation
      empty={<NoRows error={runs.error} retry={runs.refresh} title="No runs today" />}
    />
  );
}
