import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import type { DeliveryFilters } from '../api/routes';
import { useEndpoints } from '../endpoint/use-endpoints';
import { GoTo, type Target } from '../parts/list/find/go-to';
import { FilterBar } from '../parts/list/filter-bar';
import { FilterSelect } from '../parts/list/filter-select';
import { oneOf, useFilters } from '../parts/list/use-filters';
import { titled } from '../parts/statuses';

const statuses = ['pending', 'delivered', 'failed', 'blocked'] as const;
const names = ['status', 'endpoint_id', 'run_id'] as const;

/** The filters of the list of deliveries, read from the page's URL. */
export function useDeliveryFilters() {
  const { filters, change, clear } = useFilters(names);
  const wanted: DeliveryFilters = {
    status: oneOf(statuses, filters.status),
    endpoint_id: filters.endpoint_id,
    run_id: /^[1-9]\d{0,9}$/.test(filters.run_id ?? '') ? filters.run_id : undefined,
  };
  return { wanted, change, clear, isFiltered: Object.values(wanted).some((value) => value !== undefined) };
}

type DeliveryFilterBarProps = Pick<ReturnType<typeof useDeliveryFilters>, 'wanted' | 'change'>;

export function DeliveryFilterBar({ wanted, change }: DeliveryFilterBarProps) {
  const [isOpened, setIsOpened] = useState(false);
  const endpoints = useEndpoints(isOpened || wanted.endpoint_id !== undefined);
  return (
    <FilterBar>
      <FilterSelect
        label="Status"
        any="Any"
        options={statuses.map((value) => ({ value, label: titled(value) }))}
        value={wanted.status}
        onChange={(status) => change({ status })}
      />
      <FilterSelect
        label="Endpoint"
        any="Any"
        options={endpoints.items.map(({ id, url }) => ({ value: id, label: url, description: id }))}
        value={wanted.endpoint_id}
        onChange={(id) => change({ endpoint_id: id })}
        loading={endpoints.loading}
        onOpen={() => setIsOpened(true)}
        searchable
      />
      <Input
        type="search"
        inputMode="numeric"
        ariaLabel="Run number"
        placeholder="Run number"
        value={wanted.run_id ?? ''}
        onChange={({ detail }) =>
          change({ run_id: detail.value.replaceAll(/\D/g, '').replace(/^0+/, '') || undefined })
        }
      />
      <GoTo
        label="Go to delivery or endpoint id"
        targetOf={withId}
        advice="Type the id of a delivery (dlv_…) or of an endpoint (ep_…)."
      />
    </FilterBar>
  );
}

function withId(id: string): Target | undefined {
  if (/^dlv_\w+$/.test(id))
    return { path: `/webhook-deliveries/${id}`, find: (call) => call('GET webhook-deliveries/{id}', { id }) };
  if (/^ep_\w+$/.test(id))
    return { path: `/webhook-endpoints/${id}`, find: (call) => call('GET webhook-endpoints/{id}', { id }) };
  return undefined;
}
