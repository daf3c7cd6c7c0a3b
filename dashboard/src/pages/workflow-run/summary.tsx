import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import type { RunDetail } from '../../api/routes';
import { Copyable } from '../../parts/copyable';
import { Elapsed, Until } from '../../parts/clock/elapsed';
import { Go } from '../../parts/go';
import { RunStatusIndicator } from '../../parts/statuses';
import { Time } from '../../parts/time';
import { stepCounts } from '../../run/columns';
import { isOpen } from '../../run/open';
import { channelNames } from '../../session/plans';
import { useSession } from '../../session/session';

export function RunSummary({ run }: { run: RunDetail }) {
  const { runLogsUrl } = useSession();
  const logsUrl = runLogsUrl(run.uid);
  const items = [
    { label: 'Status', value: <RunStatusIndicator status={run.status} /> },
    {
      label: 'Workflow',
      value: (
        <>
          <Go to={`/workflows/${run.workflow_id}`}>{run.workflow_name}</Go>, version {run.workflow_version}
        </>
      ),
    },
    { label: 'Steps', value: stepCounts(run) },
    { label: 'Triggered by', value: `${run.triggered_by.name}, ${channelNames[run.triggered_by.channel]}` },
    { label: 'Created', value: <Time at={run.created_at} /> },
    { label: 'Started', value: <Time at={run.started_at} empty="Not yet" /> },
    { label: 'Finished', value: <Time at={run.finished_at} empty="Not yet" /> },
    { label: 'Duration', value: <Elapsed from={run.started_at} to={run.finished_at} /> },
    { label: 'Run id', value: <Copyable text={run.uid} name="run id" /> },
    { label: 'Request id', value: <Copyable text={run.request_id} name="request id" /> },
    ...(run.rerun_of === null
      ? []
      : [{ label: 'Re-run of', value: <Go to={`/workflow-runs/${run.rerun_of}`}>{`#${run.rerun_of}`}</Go> }]),
    ...(isOpen(run) ? [{ label: 'Ends at the latest', value: <Until at={run.deadline_at} /> }] : []),
    ...(logsUrl === undefined
      ? []
      : [
          {
            label: 'Logs',
            value: (
              <Link external href={logsUrl} target="_blank">
                CloudWatch
              </Link>
            ),
          },
        ]),
  ];
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <KeyValuePairs columns={3} items={items} />
    </Container>
  );
}
