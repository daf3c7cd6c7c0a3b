import Button from '@cloudscape-design/components/button';
import Pagination from '@cloudscape-design/components/pagination';
import { useState } from 'react';
import type { Delivery } from '../../api/routes';
import { deliveryColumns, hiddenDeliveryColumns } from '../../delivery/columns';
import { DeliveryFilterBar, useDeliveryFilters } from '../../delivery/filters';
import { RedeliverDialog } from '../../delivery/redeliver-dialog';
import { useSendingRefusal } from '../../delivery/use-sending';
import { pollDueDeliveries } from '../../delivery/use-endpoint-deliveries';
import { GoButton } from '../../parts/go';
import { EmptyList } from '../../parts/list/empty-list';
import { ListTable } from '../../parts/list/list-table';
import { usePreferences } from '../../parts/list/preferences';
import { usePages } from '../../parts/list/use-pages';
import { useSelection } from '../../parts/list/use-selection';
import { useSession } from '../../session/session';

export function WebhookDeliveriesPage() {
  const { mayManage } = useSession();
  const sendingRefusal = useSendingRefusal();
  const { wanted, change, clear, isFiltered } = useDeliveryFilters();
  const { preferences, control } = usePreferences<Delivery>(
    'webhook-deliveries',
    deliveryColumns,
    hiddenDeliveryColumns,
  );
  const [isRedelivering, setIsRedelivering] = useState(false);
  const deliveries = usePages({
    route: 'GET webhook-deliveries',
    filters: wanted,
    limit: preferences.pageSize,
    load: (call, page, signal) => call('GET webhook-deliveries', { query: { ...wanted, ...page }, signal }),
    poll: pollDueDeliveries,
  });
  const { selected, keep, tableProps } = useSelection({
    enabled: mayManage,
    items: deliveries.items,
    idOf: ({ id }) => id,
    nouns: 'deliveries',
    nameOf: ({ event, id }) => `${event}, ${id}`,
  });
  return (
    <>
      <ListTable<Delivery>
        title="Webhook Deliveries"
        description="Every event sent to an endpoint in the last 90 days, with its requests and responses."
        nouns="deliveries"
        columns={deliveryColumns}
        items={deliveries.items}
        idOf={({ id }) => id}
        loading={deliveries.loading}
        refresh={deliveries.refresh}
        preferences={preferences}
        preferencesControl={control}
        filter={<DeliveryFilterBar wanted={wanted} change={change} />}
        pagination={<Pagination {...deliveries.pagination} />}
        actions={
          mayManage && (
            <Button
              disabled={selected.length === 0 || sendingRefusal !== undefined}
              disabledReason={sendingRefusal ?? ''}
              onClick={() => setIsRedelivering(true)}
            >
              Redeliver
            </Button>
          )
        }
        {...tableProps}
        empty={
          <EmptyList pages={deliveries} noun={['delivery', 'deliveries']} clearFilters={isFiltered ? clear : undefined}>
            Deliveries appear when a workflow fires an event that an endpoint subscribes to.{' '}
            <GoButton to="/webhook-endpoints">View the endpoints</GoButton>
          </EmptyList>
        }
      />
      {isRedelivering && (
        <RedeliverDialog
          deliveries={selected}
          close={() => setIsRedelivering(false)}
          undone={(left) => keep(left.map(({ id }) => id))}
        />
      )}
    </>
  );
}
