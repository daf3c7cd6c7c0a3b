import { useState } from 'react';
import type { Workflow } from '../../api/routes';
import { GoButton } from '../../parts/go';
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

const hiddenAtFirst = ['version', 'updated', 'id'];

export function WorkflowsPage() {
  const { planIncludes } = useSession();
  return planIncludes('dashboard') ? <Workflows /> : <NeedsPlan page="Workflows" />;
}

function Workflows() {
  const session = useSession();
  const [asked, setAsked] = useState<WorkflowAction>();
  const { items, isCut, loading, error, refresh } = useWorkflows();
  const columns = workflowColumns(session, setAsked);
  const { preferences, control } = usePreferences<Workflow>('workflows', columns, hiddenAtFirst);
  const { rows, ...list } = useListInPage({
    ...{ items, error, refresh, preferences },
    noun: 'workflow',
    textOf: ({ id, name, description }) => `#${id} ${name} ${description ?? ''}`,
    empty: <NoWorkflows />,
  });
  const close = () => setAsked(undefined);
  return (
    <>
      <ListTable
        title="Workflows"
        description={
          <>
            {isCut
              ? 'The newest 1,000 recipes; older ones open by their number.'
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
        {...list}
      />
      {asked?.act === 'run' && <RunDialog workflow={asked.workflow} close={close} />}
      {asked?.act === 'set_active' && <ActivationDialog workflow={asked.workflow} close={close} />}
    </>
  );
}

function NoWorkflows() {
  const { mayAuthor, supportEmail } = useSession();
  return (
    <NoRows error={null} retry={() => undefined} title="No workflows yet">
      {mayAuthor ? (
        <GoButton to="/workflows/new">Write the first one</GoButton>
      ) : (
        `Recipes are written for you: ask ${supportEmail ?? 'your account manager'}.`
      )}
    </NoRows>
  );
}
