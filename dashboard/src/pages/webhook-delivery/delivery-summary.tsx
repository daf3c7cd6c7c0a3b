import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { DeliveryDetail } from '../../api/routes';
import { endedReasons } from '../../delivery/columns';
import { NextAttempt } from '../../delivery/next-attempt';
import { EndpointLink } from '../../endpoint/link';
import { Copyable } from '../../parts/copyable';
import { Go } from '../../parts/go';
import { DeliveryStatusIndicator } from '../../parts/statuses';
import { Time } from '../../parts/time';

export function DeliverySummary({ delivery }: { delivery: DeliveryDetail }) {
  const { run_id: runId, step_index: step, ended_reason: reason } = delivery;
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'Status', value: <DeliveryStatusIndicator status={delivery.status} /> },
          { label: 'Endpoint', value: <EndpointLink id={delivery.endpoint_id} url={delivery.url} /> },
          {
            label: 'Fired by',
            value:
              runId === null ? (
                'No run: this is a test event or a system event'
              ) : (
                <Go to={`/workflow-runs/${runId}`}>{`Run #${runId}${step === null ? '' : `, step ${step + 1}`}`}</Go>
              ),
          },
          { label: 'Created', value: <Time at={delivery.created_at} /> },
          { label: 'Next attempt', value: <NextAttempt delivery={delivery} empty="None" /> },
          { label: 'Delivery id', value: <Copyable text={delivery.id} name="delivery id" /> },
          ...(reason === null ? [] : [{ label: 'Reason', value: endedReasons[reason] }]),
        ]}
      />
    </Container>
  );
}
