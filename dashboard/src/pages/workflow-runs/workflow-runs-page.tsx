import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Pagination from '@cloudscape-design/components/pagination';
import { useState } from 'react';
import type { Run } from '../../api/routes';
import { GoButton } from '../../parts/go';
import { ListTable } from '../../parts/list/list-table';
import { usePreferences } from '../../parts/list/preferences';
import { usePages } from '../../parts/list/use-pages';
import { NoRows } from '../../parts/load-state';
import { NeedsPlan } from '../../parts/needs-plan';
import { CancelRunsDialog } from '../../run/cancel-runs-dialog';
import { hiddenRunColumns, isOpen, runColumns } from '../../run/columns';
import { RunFilterBar, useRunFilters } from '../../run/filters';
import { RerunRunsDialog } from '../../run/rerun-runs-dialog';
import { useSession } from '../../session/session';

const livePollMs = 2_000;

export function WorkflowRunsPage() {
  const { planIncludes } = useSession();
  return planIncludes('dashboard') ? <WorkflowRuns /> : <NeedsPlan page="Workflow Runs" />;
}

function WorkflowRuns() {
  const { mayManage } = useSession();
  const { wanted, change, clear, isFiltered } = useRunFilters();
  const { preferences, control } = usePreferences<Run>('workflow-runs', runColumns, hiddenRunColumns);
  const [selectedIds, setSelectedIds] = useState<readonly number[]>([]);
  const [asked, setAsked] = useState<'cancel' | 'rerun'>();
  const runs = usePages({
    route: 'GET workflow-runs',
    filters: wanted,
    limit: preferences.pageSize,
    load: (call, page, signal) => call('GET workflow-runs', { query: { ...wanted, ...page }, signal }),
    poll: (items) => (items.some(isOpen) ? livePollMs : false),
  });
  const selected = runs.items.filter(({ id }) => selectedIds.includes(id));
  const close = () => setAsked(undefined);
  return (
    <>
      <ListTable<Run>
        title="Workflow Runs"
        description="Every run ever started, newest first."
        things="runs"
        columns={runColumns}
        items={runs.items}
        idOf={({ id }) => String(id)}
        loading={runs.loading}
        refresh={runs.refresh}
        preferences={preferences}
        preferencesControl={control}
        counter={selected.length === 0 ? undefined : `(${selected.length} selected)`}
        filter={<RunFilterBar wanted={wanted} change={change} />}
        pagination={<Pagination {...runs.pagination} />}
        actions={
          mayManage && (
            <ButtonDropdown
              disabled={selected.length === 0}
              items={[
                { id: 'cancel', text: 'Cancel', disabled: !selected.some(isOpen), disabledReason: 'All have ended.' },
                { id: 'rerun', text: 'Re-run' },
              ]}
              onItemClick={({ detail }) => setAsked(detail.id === 'cancel' ? 'cancel' : 'rerun')}
            >
              Actions
            </ButtonDropdown>
          )
        }
        {...(mayManage && {
          selection: {
            selectionType: 'multi',
            selectedItems: selected,
            onSelectionChange: ({ detail }) => setSelectedIds(detail.selectedItems.map(({ id }) => id)),
            ariaLabels: {
              selectionGroupLabel: 'Runs',
              allItemsSelectionLabel: () => 'Select all runs of this page',
              itemSelectionLabel: (_, { id }) => `Select run #${id}`,
            },
          },
        })}
        empty={
          <NoRuns
            error={runs.error}
            retry={runs.refresh}
            lookFurther={runs.lookFurther}
            clear={isFiltered ? clear : undefined}
          />
        }
      />
      {asked === 'cancel' && <CancelRunsDialog runs={selected} close={close} />}
      {asked === 'rerun' && <RerunRunsDialog runs={selected} close={close} />}
    </>
  );
}

interface NoRunsProps {
  readonly error: unknown;
  readonly retry: () => void;
  readonly lookFurther: (() => void) | undefined;
  readonly clear: (() => void) | undefined;
}

function NoRuns({ error, retry, lookFurther, clear }: NoRunsProps) {
  if (lookFurther !== undefined) {
    return (
      <NoRows error={error} retry={retry} title="Nothing found among the newest 1,000 runs looked at">
        <Button onClick={lookFurther}>Look further</Button>
      </NoRows>
    );
  }
  return (
    <NoRows error={error} retry={retry} title={clear === undefined ? 'No runs yet' : 'No run matches'}>
      {clear === undefined ? (
        <GoButton to="/workflows">Start one under Workflows</GoButton>
      ) : (
        <Button onClick={clear}>Clear the filters</Button>
      )}
    </NoRows>
  );
}
