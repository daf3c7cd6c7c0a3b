import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import type { Delivery } from '../../api/routes';
import { useEndpointDeliveries } from '../../delivery/use-endpoint-deliveries';
import { Part } from '../../parts/chunk/part';
import { LoadState } from '../../parts/load-state';
import { plural } from '../../parts/plural';

/** The outcome of the last deliveries to an endpoint, over time. */
export function HealthOverTime({ endpointId }: { endpointId: string }) {
  const deliveries = useEndpointDeliveries(endpointId);
  return (
    <LoadState of={deliveries} noun="deliveries">
      {({ data }) => (
        <Container
          header={
            <Header variant="h2" description={describe(data)}>
              Health
            </Header>
          }
        >
          {data.length === 0 ? (
            'Nothing has been sent to this endpoint yet. Send a test event, or run a workflow that fires one of its events.'
          ) : (
            <Part load={loadChart} props={{ deliveries: data }} name="The chart" />
          )}
        </Container>
      )}
    </LoadState>
  );
}

function describe(deliveries: readonly Delivery[]): string {
  const ended = deliveries.filter(({ status }) => status !== 'pending');
  const delivered = ended.filter(({ status }) => status === 'delivered').length;
  return `${delivered} of ${plural(ended.length, 'delivery', 'deliveries')} arrived.`;
}

async function loadChart() {
  return (await import('./health-chart')).HealthChart;
}
