import Alert, { type AlertProps } from '@cloudscape-design/components/alert';
import type { DeliveryDetail } from '../../api/routes';
import { useDelivery } from '../../delivery/use-delivery';
import { duration } from '../../parts/duration';
import { GoButton } from '../../parts/go';
import { LoadState } from '../../parts/load-state';

/** The result of the test event, updated as it is delivered. */
export function TestResult({ deliveryId }: { deliveryId: string }) {
  const delivery = useDelivery(deliveryId);
  return (
    <LoadState of={delivery} noun="test event">
      {(detail) => (
        <Alert
          type={alertTypes[detail.status]}
          header={headers[detail.status]}
          action={<GoButton to={`/webhook-deliveries/${deliveryId}`}>View delivery</GoButton>}
        >
          {describe(detail)}
        </Alert>
      )}
    </LoadState>
  );
}

type Status = DeliveryDetail['status'];

const alertTypes: Readonly<Record<Status, AlertProps.Type>> = {
  pending: 'info',
  delivered: 'success',
  failed: 'error',
  blocked: 'error',
};
const headers: Readonly<Record<Status, string>> = {
  pending: 'The test event is on its way',
  delivered: 'The test event was delivered',
  failed: 'The test event was not delivered',
  blocked: 'The test event was not sent',
};

function describe({ status, attempts }: DeliveryDetail): string {
  const last = attempts.at(-1);
  if (status === 'pending' || last === undefined) return 'The response will be shown here.';
  if (last.error !== null) return `${last.error.class}: ${last.error.detail}`;
  return `Answered ${last.response_status ?? ''} after ${duration(last.duration_ms)}.`;
}
