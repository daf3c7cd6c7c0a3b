import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { deliveryColumns, shownBesideEndpoint } from '../../delivery/columns';
import { useEndpointDeliveries } from '../../delivery/use-endpoint-deliveries';
import { GoButton } from '../../parts/go';
import { NoRows } from '../../parts/load-state';

const shownRows = 10;

/** The last ten deliveries to one endpoint. */
export function EndpointDeliveries({ endpointId }: { endpointId: string }) {
  const { data, error, isPending, refetch } = useEndpointDeliveries(endpointId);
  return (
    <Table
      header={
        <Header
          variant="h2"
          description="The last ten deliveries."
          actions={<GoButton to={`/webhook-deliveries?endpoint_id=${endpointId}`}>View all</GoButton>}
        >
          Deliveries
        </Header>
      }
      columnDefinitions={deliveryColumns.filter(({ id }) => shownBesideEndpoint.includes(id))}
      items={(data?.data ?? []).slice(0, shownRows)}
      trackBy="id"
      loading={isPending}
      loadingText="Loading deliveries"
      ariaLabels={{ tableLabel: 'Deliveries to this endpoint' }}
      enableKeyboardNavigation
      empty={<NoRows error={error} retry={() => void refetch()} title="No deliveries yet" />}
    />
  );
}
