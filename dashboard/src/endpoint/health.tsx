import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { DisabledReason } from '../../../functions/domain/endpoint/endpoint';
import type { Endpoint } from '../api/routes';
import { Time } from '../parts/time';

const disabledReasons: Readonly<Record<DisabledReason, string>> = {
  receiver_gone: 'it answered 410 Gone',
  only_failures: 'five days without one success',
  by_request: 'switched off here or over the API',
};

/** Whether an endpoint takes deliveries, and what threatens it. */
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
      <StatusIndicator type="warning">Only failures</StatusIndicator>
      <Box variant="small" display="block">
        Disabled at <Time at={warning.disables_at} />, unless one succeeds
      </Box>
    </>
  );
}
