import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
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
  const { status, disabled_reason: reason, warning } = endpoint;
  if (status === 'disabled') {
    return (
      <>
        <StatusIndicator type="stopped">Disabled</StatusIndicator>
        {reason !== null && (
          <Box variant="small" display="block">
            {disabledReasons[reason]}
          </Box>
        )}
      </>
    );
  }
  if (warning === null) return <StatusIndicator type="success">Active</StatusIndicator>;
  return (
    <>
      <StatusIndicator type="warning">Failing</StatusIndicator>
      <Box variant="small" display="block">
        {warning.disables_at === null ? (
          <>
            Every delivery has failed since <Time at={warning.failing_since} />
          </>
        ) : (
          <>
            A failure at or after <Time at={warning.disables_at} /> disables it
          </>
        )}
      </Box>
    </>
  );
}
