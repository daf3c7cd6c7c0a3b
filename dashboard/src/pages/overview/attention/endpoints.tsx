import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { HealthState } from '../../../../../functions/domain/endpoint/health';
import type { Overview } from '../../../../../functions/domain/run/overview/view';
import type { Endpoint } from '../../../api/routes';
import { healthDetail } from '../../../endpoint/health';
import { Go } from '../../../parts/go';
import { number, plural } from '../../../parts/plural';
import { endpointsAddress } from '../addresses';
import type { AttentionLine } from './line';
import Box from '@cloudscape-design/components/box';

const kinds = [
  {
    health: 'disabled_by_failures',
    type: 'error',
    titleOf: (count: number) => `${plural(count, 'webhook endpoint')} disabled by failures`,
  },
  {
    health: 'failing',
    type: 'warning',
    titleOf: (count: number) => `${plural(count, 'webhook endpoint')} failing`,
  },
] as const;

/** The endpoints that get nothing any more, and those that soon may not. */
export function endpointLines({ endpoints }: Pick<Overview, 'endpoints'>): AttentionLine[] {
  if (endpoints === null) return [];
  return kinds
    .filter(({ health }) => endpoints[health] > 0)
    .map(({ health, type, titleOf }) => ({
      id: health,
      content: (
        <>
          <StatusIndicator type={type}>
            <Go to={endpointsAddress(health)}>{titleOf(endpoints[health])}</Go>
          </StatusIndicator>
          <Those endpoints={endpoints.needs_attention} health={health} count={endpoints[health]} />
        </>
      ),
    }));
}

interface ThoseProps {
  readonly endpoints: readonly Endpoint[];
  readonly health: HealthState;
  readonly count: number;
}

function Those({ endpoints, health, count }: ThoseProps) {
  const shown = endpoints.filter((endpoint) => endpoint.health === health);
  return (
    <ul className="lines">
      {shown.map((endpoint) => (
        <li key={endpoint.id}>
          <Go to={`/webhook-endpoints/${endpoint.id}`}>{endpoint.url}</Go>
          <Box variant="small" display="block">
            {healthDetail(endpoint)}
          </Box>
        </li>
      ))}
      {count > shown.length && <li>{`and ${number(count - shown.length)} more`}</li>}
    </ul>
  );
}
