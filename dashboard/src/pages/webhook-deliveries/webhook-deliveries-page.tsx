import Button from '@cloudscape-design/components/button';
import Pagination from '@cloudscape-design/components/pagination';
import { useState } from 'react';
import type { Delivery } from '../../api/routes';
import { deliveryColumns, hiddenDeliveryColumns } from '../../delivery/columns';
import { DeliveryFilterBar, useDeliveryFilters } from '../../delivery/filters';
import { RedeliverDialog } from '../../delivery/redeliver-dialog';
import { isMoving } from '../../delivery/use-endpoint-deliveries';
import { GoButton } from '../../parts/go';
import { ListTable } from '../../parts/list/list-table';
import { usePreferences } from '../../parts/list/preferences';
import { usePages } from '../../parts/list/use-pages';
import { NoRows } from '../../parts/load-state';
import { useSession } from '../../session/session';

const livePollMs = 3_000;

export function WebhookDeliveriesPage() {
  const { mayManage } = useSession();
  const { wanted, change, clear, isFiltered } = useDeliveryFilters();
  const { preferences, control } = usePreferences<Delivery>(
    'webhook-deliveries',
    deliveryColumns,
    hiddenDeliveryColumns,
  );
  const [selectedIds, setSelectedIds] = useState<readonly string[]>([]);
  const [isAsked, setIsAsked] = useState(false);
  const deliveries = usePages({
    route: 'GET webhook-deliveries',
    filters: wanted,
    limit: preferences.pageSize,
    load: (call, page, signal) => call('GET webhook-deliveries', { query: { ...wanted, ...page }, signal }),
    poll: (items) => (items.some(isMoving) ? livePollMs : false),
  });
  const selected = deliveries.items.filter(({ id }) => selectedIds.includes(id));
  return (
    <>
      <ListTable<Delivery>
        title="Webhook Deliveries"
        description="Every event sent to an endpoint in the last 90 days, with what was sent and answered."
        things="deliveries"
        columns={deliveryColumns}
        items={deliveries.items}
        idOf={({ id }) => id}
        loading={deliveries.loading}
        refresh={deliveries.refresh}
        preferences={preferences}
        preferencesControl={control}
        counter={selected.length === 0 ? undefined : `(${selected.length} selected)`}
        filter={<DeliveryFilterBar wanted={wanted} change={change} />}
        pagination={<Pagination {...deliveries.pagination} />}
        actions={
          mayManage && (
            <Button disabled={selected.length === 0} onClick={() => setIsAsked(true)}>
              Redeliver
            </Button>
          )
        }
        {...(mayManage && {
          selection: {
            selectionType: 'multi',
            selectedItems: selected,
            onSelectionChange: ({ detail }) => setSelectedIds(detail.selectedItems.map(({ id }) => id)),
            ariaLabels: {
              selectionGroupLabel: 'Deliveries',
              allItemsSelectionLabel: () => 'Select all deliveries of this page',
              itemSelectionLabel: (_, { event, id }) => `Select ${event}, ${id}`,
            },
          },
        })}
        empty={
          <NoDeliveries
            error={deliveries.error}
            retry={deliveries.refresh}
            lookFurther={deliveries.lookFurther}
            clear={isFiltered ? clear : undefined}
          />
        }
      />
      {isAsked && <RedeliverDialog deliveries={selected} close={() => setIsAsked(false)} />}
    </>
  );
}

interface NoDeliveriesProps {
  readonly error: unknown;
  readonly retry: () => void;
  readonly lookFurther: (() => void) | undefined;
  readonly clear: (() => void) | undefined;
}

function NoDeliveries({ error, retry, lookFurther, clear }: NoDeliveriesProps) {
  if (lookFurther !== undefined) {
    return (
      <NoRows error={error} retry={retry} title="Nothing found among the newest 1,000 deliveries looked at">
        <Button onClick={lookFurther}>Look further</Button>
      </NoRows>
    );
  }
  return (
    <NoRows error={error} retry={retry} title={clear === undefined ? 'No deliveries yet' : 'No delivery matches'}>
      {clear === undefined ? (
        <>
          They appear when a workflow fires an event that an endpoint subscribes to.{' '}
          <GoButton to="/webhook-endpoints">See the endpoints</GoButton>
        </>
      ) : (
        <Button onClick={clear}>Clear the filters</Button>
      )}
    </NoRows>
  );
}
