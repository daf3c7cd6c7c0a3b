import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { WorkflowDetail } from '../../api/routes';
import { Copyable } from '../../parts/copyable';
import { seconds } from '../../parts/duration';
import { ActiveIndicator } from '../../parts/statuses';
import { Time } from '../../parts/time';

export function WorkflowSummary({ workflow }: { workflow: WorkflowDetail }) {
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <KeyValuePairs
        columns={4}
        items={[
          { label: 'Status', value: <ActiveIndicator active={workflow.active} /> },
          { label: 'Steps', value: workflow.steps_total },
          { label: 'Total wait', value: seconds(workflow.total_delay_seconds) },
          { label: 'Version', value: workflow.version },
          { label: 'Workflow id', value: <Copyable text={String(workflow.id)} name="workflow id" /> },
          ...(workflow.tool_name
            ? [{ label: 'Tool for agents', value: <Copyable text={workflow.tool_name} name="tool name" /> }]
            : []),
          { label: 'Created', value: <Time at={workflow.created_at} /> },
          { label: 'Updated', value: <Time at={workflow.updated_at} /> },
        ]}
      />
    </Container>
  );
}
