import Pagination from '@cloudscape-design/components/pagination';
import { idlePace } from '../../api/pace';
import type { AuditEvent } from '../../api/routes';
import { ListTable } from '../../parts/list/list-table';
import { usePreferences } from '../../parts/list/preferences';
import { usePages } from '../../parts/list/use-pages';
import { NoRows } from '../../parts/load-state';
import { activityColumns } from './activity-columns';

const hiddenByDefault = ['request'];

/** The audit events of the tenant: who changed what. */
export function ActivityPage() {
  const { preferences, control } = usePreferences<AuditEvent>('activity', activityColumns, hiddenByDefault);
  const events = usePages({
    route: 'GET audit-events',
    limit: preferences.pageSize,
    load: (call, query, signal) => call('GET audit-events', { query, signal }),
    idOf: ({ id }) => id,
    poll: idlePace,
  });
  return (
    <ListTable<AuditEvent>
      title="Activity"
      description="Every change and who made it, newest first. Runs are under Workflow Runs."
      nouns="changes"
      columns={activityColumns}
      items={events.items}
      idOf={({ id }) => id}
      loading={events.loading}
      refresh={events.refresh}
      arrivals={events.arrivals}
      preferences={preferences}
      preferencesControl={control}
      pagination={<Pagination {...events.pagination} />}
      empty={<NoRows error={events.error} retry={events.refresh} title="No changes yet" />}
    />
  );
}
