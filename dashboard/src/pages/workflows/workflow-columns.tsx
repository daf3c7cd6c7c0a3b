import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import type { Workflow } from '../../api/routes';
import { seconds } from '../../parts/duration';
import { Go } from '../../parts/go';
import type { Column } from '../../parts/list/preferences';
import { ActiveIndicator, RunStatusIndicator } from '../../parts/statuses';
import { Time } from '../../parts/time';
import { whyNotRunnable } from '../../run-now/may-run';
import type { Session } from '../../session/session';
import './row-actions.css';

export interface WorkflowAction {
  readonly act: 'run' | 'set_active';
  readonly workflow: Workflow;
}

export function workflowColumns(session: Session, ask: (action: WorkflowAction) => void): Column<Workflow>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      sortingField: 'name',
      isRowHeader: true,
      minWidth: 150,
      maxWidth: 320,
      cell: (workflow) => <Name workflow={workflow} session={session} />,
      beneath: ({ last_run: last }) => (last === null ? 'Never run' : <LastRun {...last} />),
    },
    {
      id: 'status',
      header: 'Status',
      sortingField: 'active',
      cell: ({ active }) => <ActiveIndicator active={active} />,
    },
    {
      id: 'last_run',
      header: 'Last run',
      minWidth: 190,
      sortingComparator: (a, b) => (a.last_run?.created_at ?? '').localeCompare(b.last_run?.created_at ?? ''),
      cell: ({ last_run: last }) => (last === null ? 'Never' : <LastRun {...last} />),
    },
    { id: 'steps', header: 'Steps', sortingField: 'steps_total', cell: ({ steps_total: steps }) => steps },
    {
      id: 'waits',
      header: 'Waits',
      sortingField: 'total_delay_seconds',
      cell: ({ total_delay_seconds: delay }) => seconds(delay),
    },
    { id: 'version', header: 'Version', sortingField: 'version', cell: ({ version }) => version },
    {
      id: 'updated',
      header: 'Updated',
      sortingField: 'updated_at',
      cell: ({ updated_at: at }) => <Time at={at} />,
    },
    { id: 'id', header: 'Id', sortingField: 'id', cell: ({ id }) => id },
    ...(session.mayManage ? [actions(session, ask)] : []),
  ];
}

function actions(session: Session, ask: (action: WorkflowAction) => void): Column<Workflow> {
  return {
    id: 'actions',
    header: 'Actions',
    minWidth: 170,
    cell: (workflow) => <Actions workflow={workflow} session={session} ask={ask} />,
  };
}

function Name({ workflow, session }: { workflow: Workflow; session: Session }) {
  const reason = whyNotRunnable(workflow, session);
  return (
    <>
      <span title={workflow.name}>
        <Go to={`/workflows/${workflow.id}`}>{workflow.name}</Go>
      </span>
      {reason !== undefined && (
        <Box variant="small" display="block">
          {reason}
        </Box>
      )}
    </>
  );
}

function LastRun({ id, status, created_at: at }: NonNullable<Workflow['last_run']>) {
  return (
    <>
      <RunStatusIndicator status={status} />
      <Box variant="small" display="block">
        <Go to={`/workflow-runs/${id}`} fontSize="body-s">{`#${id}`}</Go>, <Time at={at} />
      </Box>
    </>
  );
}

interface ActionsProps {
  readonly workflow: Workflow;
  readonly session: Session;
  readonly ask: (action: WorkflowAction) => void;
}

function Actions({ workflow, session, ask }: ActionsProps) {
  return (
    <div className="row-actions">
      {whyNotRunnable(workflow, session) === undefined && (
        <Button wrapText={false} onClick={() => ask({ act: 'run', workflow })}>
          Run now
        </Button>
      )}
      <ButtonDropdown
        variant="icon"
        ariaLabel={`More for ${workflow.name}`}
        expandToViewport
        items={[{ id: 'set_active', text: workflow.active ? 'Deactivate' : 'Activate' }]}
        onItemClick={() => ask({ act: 'set_active', workflow })}
      />
    </div>
  );
}
