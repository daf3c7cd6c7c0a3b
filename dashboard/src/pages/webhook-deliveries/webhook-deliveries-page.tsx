import Button from '@cloudscape-design/components/button';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Delivery } from '../../api/routes';
import { deliveryColumns, hiddenDeliveryColumns } from '../../delivery/columns';
import { DeliveryFilterBar, useDeliveryFilters } from '../../delivery/filters';
import { RedeliverDialog } from '../../delivery/redeliver-dialog';
import { useSendingRefusal } from '../../delivery/use-sending';
import { pollDeliveries } from '../../delivery/use-endpoint-deliveries';
import { GoButton } from '../../parts/go';
import { EmptyList } from '../../parts/list/empty-list';
import { SearchProgress } from '../../parts/list/find/search-progress';
import { SelectMatching } from '../../parts/list/find/select-matching';
import { useMatching } from '../../parts/list/find/use-matching';
import { ListTable } from '../../parts/list/list-table';
import { usePreferences } from '../../parts/list/preferences';
import { usePages, type LoadPage } from '../../parts/list/use-pages';
import { useSelection } from '../../parts/list/use-selection';
import { number } from '../../parts/plural';
import { useSession } from '../../session/session';

const noun: [string, string] = ['delivery', 'deliveries'];

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
  const load: LoadPage<Delivery> = (call, page, signal) =>
    call('GET webhook-deliveries', { query: { ...wanted, ...page }, signal });
  const deliveries = usePages({
    route: 'GET webhook-deliveries',
    filters: wanted,
    limit: preferences.pageSize,
    load,
    idOf: ({ id }) => id,
    poll: pollDeliveries,
  });
  const { selected, keep, tableProps } = useSelection({
    enabled: mayManage,
    items: deliveries.items,
    idOf: ({ id }) => id,
    nouns: 'deliveries',
    nameOf: ({ event, id }) => `${event}, ${id}`,
  });
  const matching = useMatching({ list: JSON.stringify(wanted), load, selected, pages: deliveries });
  const { chosen } = matching;
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
        arrivals={deliveries.arrivals}
        filter={
          <SpaceBetween size="s">
            <DeliveryFilterBar wanted={wanted} change={change} />
            <SearchProgress pages={deliveries} noun={noun} />
            <SelectMatching matching={matching} noun={noun} isFiltered={isFiltered} />
          </SpaceBetween>
        }
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
        counter={chosen.length > selected.length ? `(${number(chosen.length)} selected)` : tableProps.counter}
        empty={
          <EmptyList pages={deliveries} noun={noun} clearFilters={isFiltered ? clear : undefined}>
            Deliveries appear when a workflow fires an event that an endpoint subscribes to.{' '}
            <GoButton to="/webhook-endpoints">View the endpoints</GoButton>
          </EmptyList>
        }
      />
      {isRedelivering && (
        <RedeliverDialog
          deliveries={chosen}
          close={() => setIsRedelivering(false)}
          undone={(left) => keep(left.map(({ id }) => id))}
        />
      )}
    </>
  );
}
