import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import type { DisabledReason } from '../../../functions/domain/endpoint/endpoint';
import type { Endpoint } from '../api/routes';
import { Time } from '../parts/time';

const disabledReasons: Readonly<Record<DisabledReason, string>> = {
  receiver_gone: 'The receiver answered 410 Gone',
  only_failures: 'Deliveries failed on five days, and none succeeded',
  by_request: 'Disabled in the dashboard or over the API',
};

/** Whether an endpoint is active, why it was disabled, or when it will be. */
export function EndpointHealth({ endpoint }: { endpoint: Endpoint }) {
  const detail = healthDetail(endpoint);
  return (
    <>
      <Indicator endpoint={endpoint} />
      {detail !== null && (
        <Box variant="small" display="block">
          {detail}
        </Box>
      )}
    </>
  );
}

function Indicator({ endpoint: { status, health } }: { endpoint: Endpoint }) {
  if (status === 'disabled') return <StatusIndicator type="stopped">Disabled</StatusIndicator>;
  if (health === 'failing') return <StatusIndicator type="warning">Failing</StatusIndicator>;
  return <StatusIndicator type="success">Active</StatusIndicator>;
}

/** What is to be said of an endpoint that is not well; null for any other. */
export function healthDetail({ disabled_reason: reason, failing_since: since, warning }: Endpoint): ReactNode {
  if (reason !== null) return disabledReasons[reason];
  if (warning !== null && warning.disables_at !== null) {
    return (
      <>
        A failure at or after <Time at={warning.disables_at} /> disables it
      </>
    );
  }
  if (since === null) return null;
  return (
    <>
      Every delivery has failed since <Time at={since} />
    </>
  );
}
