import Box from '@cloudscape-design/components/box';
import type { Run } from '../api/routes';
import { Elapsed } from '../parts/clock/elapsed';
import { Go } from '../parts/go';
import type { Column } from '../parts/list/preferences';
import { RunStatusIndicator } from '../parts/statuses';
import { Time } from '../parts/time';
import { channelNames } from '../session/plans';

export const runColumns: readonly Column<Run>[] = [
  {
    id: 'run',
    header: 'Run',
    isRowHeader: true,
    minWidth: 60,
    cell: ({ id }) => <Go to={`/workflow-runs/${id}`}>{`#${id}`}</Go>,
    maxWidth: 200,
    beneath: ({ workflow_name: name }) => name,
  },
  { id: 'status', header: 'Status', minWidth: 140, cell: (run) => <Status run={run} /> },
  {
    id: 'workflow',
    header: 'Workflow',
    minWidth: 120,
    maxWidth: 210,
    cell: ({ workflow_id: id, workflow_name: name }) => (
      <span title={name}>
        <Go to={`/workflows/${id}`}>{name}</Go>
      </span>
    ),
  },
  { id: 'steps', header: 'Steps', minWidth: 80, cell: (run) => <Steps run={run} /> },
  {
    id: 'who',
    header: 'Triggered by',
    minWidth: 120,
    maxWidth: 160,
    cell: ({ triggered_by: { channel, name } }) => (
      <>
        {name}
        <Box variant="small" display="block">
          {channelNames[channel]}
        </Box>
      </>
    ),
  },
  { id: 'created', header: 'Created', minWidth: 140, cell: ({ created_at: at }) => <Time at={at} /> },
  {
    id: 'duration',
    header: 'Duration',
    minWidth: 90,
    cell: ({ started_at: from, finished_at: to }) => <Elapsed from={from} to={to} />,
  },
  { id: 'version', header: 'Version', cell: ({ workflow_version: version }) => version },
  {
    id: 'rerun_of',
    header: 'Re-run of',
    cell: ({ rerun_of: id }) => (id === null ? '–' : <Go to={`/workflow-runs/${id}`}>{`#${id}`}</Go>),
  },
  { id: 'uid', header: 'Uid', cell: ({ uid }) => <Box variant="code">{uid}</Box> },
];

/** Columns that are not shown by default. */
export const hiddenRunColumns = ['version', 'rerun_of', 'uid'];

export function stepCounts({ steps_succeeded: succeeded, steps_failed: failed, steps_total: total }: Run): string {
  return `${succeeded} of ${total}${failed === 0 ? '' : `, ${failed} failed`}`;
}

function Steps({ run: { steps_succeeded: succeeded, steps_failed: failed, steps_total: total } }: { run: Run }) {
  return (
    <>
      {succeeded} of {total}
      {failed > 0 && (
        <Box variant="small" display="block">
          {failed} failed
        </Box>
      )}
    </>
  );
}

function Status({ run: { status, error } }: { run: Run }) {
  return (
    <>
      <RunStatusIndicator status={status} />
      {error !== null && (
        <Box variant="small" display="block">
          {error.code}
          {error.step !== null && ` at step ${error.step + 1}`}
        </Box>
      )}
    </>
  );
}
