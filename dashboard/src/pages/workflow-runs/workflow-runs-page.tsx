import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Run } from '../../api/routes';
import { GoButton } from '../../parts/go';
import { EmptyList } from '../../parts/list/empty-list';
import { SearchProgress } from '../../parts/list/find/search-progress';
import { SelectMatching } from '../../parts/list/find/select-matching';
import { useMatching } from '../../parts/list/find/use-matching';
import { ListTable } from '../../parts/list/list-table';
import { usePreferences } from '../../parts/list/preferences';
import { usePages, type LoadPage } from '../../parts/list/use-pages';
import { useSelection } from '../../parts/list/use-selection';
import { NeedsPlan } from '../../parts/needs-plan';
import { number } from '../../parts/plural';
import { CancelRunsDialog } from '../../run/cancel-runs-dialog';
import { hiddenRunColumns, runColumns } from '../../run/columns';
import { isOpen } from '../../run/open';
import { RunFilterBar, useRunFilters } from '../../run/filters';
import { pollRuns } from '../../workflow/poll-runs';
import { RerunRunsDialog } from '../../run/rerun-runs-dialog';
import { useSession } from '../../session/session';

const noun: [string, string] = ['run', 'runs'];

export function WorkflowRunsPage() {
  const { planIncludes } = useSession();
  return planIncludes('dashboard') ? <WorkflowRuns /> : <NeedsPlan page="Workflow Runs" />;
}

function WorkflowRuns() {
  const { mayManage } = useSession();
  const { wanted, change, clear, isFiltered } = useRunFilters();
  const { preferences, control } = usePreferences<Run>('workflow-runs', runColumns, hiddenRunColumns);
  const [dialog, setDialog] = useState<'cancel' | 'rerun'>();
  const load: LoadPage<Run> = (call, page, signal) =>
    call('GET workflow-runs', { query: { ...wanted, ...page }, signal });
  const runs = usePages({
    route: 'GET workflow-runs',
    filters: wanted,
    limit: preferences.pageSize,
    load,
    idOf: ({ id }) => String(id),
    poll: pollRuns,
  });
  const { selected, keep, tableProps } = useSelection({
    enabled: mayManage,
    items: runs.items,
    idOf: ({ id }) => String(id),
    nouns: 'runs',
    nameOf: ({ id }) => `run #${id}`,
  });
  const matching = useMatching({ list: JSON.stringify(wanted), load, selected, pages: runs });
  const { chosen } = matching;
  const close = () => setDialog(undefined);
  const undone = (left: readonly Run[]) => keep(left.map(({ id }) => String(id)));
  return (
    <>
      <ListTable<Run>
        title="Workflow Runs"
        description="Every run, newest first."
        nouns="runs"
        columns={runColumns}
        items={runs.items}
        idOf={({ id }) => String(id)}
        loading={runs.loading}
        refresh={runs.refresh}
        preferences={preferences}
        preferencesControl={control}
        arrivals={runs.arrivals}
        filter={
          <SpaceBetween size="s">
            <RunFilterBar wanted={wanted} change={change} />
            <SearchProgress pages={runs} noun={noun} />
            <SelectMatching matching={matching} noun={noun} isFiltered={isFiltered} />
          </SpaceBetween>
        }
        pagination={<Pagination {...runs.pagination} />}
        actions={
          mayManage && (
            <ButtonDropdown
              disabled={selected.length === 0}
              items={[
                {
                  id: 'cancel',
                  text: 'Cancel',
                  disabled: !chosen.some(isOpen),
                  disabledReason: 'All selected runs have ended.',
                },
                { id: 'rerun', text: 'Re-run' },
              ]}
              onItemClick={({ detail }) => setDialog(detail.id === 'cancel' ? 'cancel' : 'rerun')}
            >
              Actions
            </ButtonDropdown>
          )
        }
        {...tableProps}
        counter={chosen.length > selected.length ? `(${number(chosen.length)} selected)` : tableProps.counter}
        empty={
          <EmptyList pages={runs} noun={noun} clearFilters={isFiltered ? clear : undefined}>
            <GoButton to="/workflows">Start one under Workflows</GoButton>
          </EmptyList>
        }
      />
      {dialog === 'cancel' && <CancelRunsDialog runs={chosen} close={close} undone={undone} />}
      {dialog === 'rerun' && <RerunRunsDialog runs={chosen} close={close} undone={undone} />}
    </>
  );
}
