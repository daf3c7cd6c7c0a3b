import { useState } from 'react';
import type { Workflow } from '../../api/routes';
import { GoButton } from '../../parts/go';
import { FilterBar } from '../../parts/list/filter-bar';
import { GoTo, isNumberOfThing, type Target } from '../../parts/list/find/go-to';
import { ListTable } from '../../parts/list/list-table';
import { usePreferences } from '../../parts/list/preferences';
import { useListInPage } from '../../parts/list/use-list-in-page';
import { NoRows } from '../../parts/load-state';
import { NeedsPlan } from '../../parts/needs-plan';
import { RunDialog } from '../../run-now/run-dialog';
import { useSession } from '../../session/session';
import { useWorkflows } from '../../workflow/use-workflows';
import { ActivationDialog } from '../workflow/activation-dialog';
import { TodaysRuns } from './todays-runs';
import { workflowColumns, type WorkflowAction } from './workflow-columns';

const hiddenByDefault = ['version', 'updated', 'id'];

export function WorkflowsPage() {
  const { planIncludes } = useSession();
  return planIncludes('dashboard') ? <Workflows /> : <NeedsPlan page="Workflows" />;
}

function Workflows() {
  const session = useSession();
  const [action, setAction] = useState<WorkflowAction>();
  const { items, isCut, loading, error, refresh } = useWorkflows();
  const columns = workflowColumns(session, setAction);
  const { preferences, control } = usePreferences<Workflow>('workflows', columns, hiddenByDefault);
  const { rows, filter, ...list } = useListInPage({
    ...{ items, error, refresh, preferences },
    idOf: ({ id }) => String(id),
    noun: 'workflow',
    textOf: ({ id, name, description }) => `#${id} ${name} ${description ?? ''}`,
    empty: <NoWorkflows />,
  });
  const close = () => setAction(undefined);
  return (
    <>
      <ListTable
        title="Workflows"
        description={
          <>
            {isCut
              ? 'The newest 1,000 workflows. Open an older one by its number.'
              : 'Recipes your tenant can run on demand.'}{' '}
            <TodaysRuns />
          </>
        }
        nouns="workflows"
        columns={columns}
        items={rows}
        idOf={({ id }) => String(id)}
        loading={loading}
        refresh={refresh}
        preferences={preferences}
        preferencesControl={control}
        actions={session.mayAuthor && <GoButton to="/workflows/new">New workflow</GoButton>}
        filter={
          isCut ? (
            <FilterBar>
              {filter}
              <GoTo
                label="Go to workflow #"
                targetOf={workflowNumbered}
                advice="Type the number of a workflow, such as 12."
                isNumber
              />
            </FilterBar>
          ) : (
            filter
          )
        }
        {...list}
      />
      {action?.act === 'run' && <RunDialog workflow={action.workflow} close={close} />}
      {action?.act === 'set_active' && <ActivationDialog workflow={action.workflow} close={close} />}
    </>
  );
}

function workflowNumbered(id: string): Target | undefined {
  if (!isNumberOfThing(id)) return undefined;
  return { path: `/workflows/${id}`, find: (call) => call('GET workflows/{id}', { id }) };
}

function NoWorkflows() {
  const { mayAuthor, supportEmail } = useSession();
  return (
    <NoRows error={null} retry={() => undefined} title="No workflows yet">
      {mayAuthor ? (
        <GoButton to="/workflows/new">Create the first workflow</GoButton>
      ) : (
        `This tenant does not write its own recipes. Ask ${supportEmail ?? 'your account manager'} for one.`
      )}
    </NoRows>
  );
}
