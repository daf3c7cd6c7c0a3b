import Button from '@cloudscape-design/components/button';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Endpoint, EndpointWithSecret } from '../../api/routes';
import { EndpointForm } from '../../endpoint/form';
import { SecretDialog } from '../../endpoint/secret-dialog';
import { useLiveEndpoints } from '../../endpoint/use-endpoints';
import { FilterBar } from '../../parts/list/filter-bar';
import { FilterSelect } from '../../parts/list/filter-select';
import { oneOf, useFilters } from '../../parts/list/use-filters';
import { ListTable } from '../../parts/list/list-table';
import { usePreferences } from '../../parts/list/preferences';
import { useListInPage } from '../../parts/list/use-list-in-page';
import { NoRows } from '../../parts/load-state';
import { useSession } from '../../session/session';
import { endpointColumns } from './endpoint-columns';

const healthStates = [
  { value: 'healthy', label: 'Active' },
  { value: 'failing', label: 'Failing' },
  { value: 'disabled_by_failures', label: 'Disabled by failures' },
  { value: 'disabled_by_request', label: 'Disabled by a person' },
] as const;

const hiddenByDefault = ['id', 'body', 'created'];

/** A step whose event had no endpoint links here with `?register=an.event`, which opens the form with that event. */
export function WebhookEndpointsPage() {
  const { mayManage } = useSession();
  const [searchParams, setSearchParams] = useSearchParams();
  const event = searchParams.get('register');
  const [isOpen, setIsOpen] = useState(false);
  const [created, setCreated] = useState<EndpointWithSecret>();
  const { items, loading, error, refresh } = useLiveEndpoints();
  const { preferences, control } = usePreferences<Endpoint>('webhook-endpoints', endpointColumns, hiddenByDefault);
  const register = mayManage ? <Button onClick={() => setIsOpen(true)}>Register endpoint</Button> : undefined;
  const { filters, change, clear } = useFilters(['health']);
  const health = oneOf(
    healthStates.map(({ value }) => value),
    filters.health,
  );
  const { rows, filter, ...list } = useListInPage({
    ...{ error, refresh, preferences },
    items: useMemo(() => items.filter((one) => health === undefined || one.health === health), [items, health]),
    idOf: ({ id }) => id,
    noun: 'webhook endpoint',
    textOf: ({ id, url, events, description }) => `${id} ${url} ${events.join(' ')} ${description ?? ''}`,
    empty:
      health === undefined ? (
        <NoRows error={null} retry={refresh} title="No webhook endpoints">
          Register an endpoint to receive the events that your workflows fire. {register}
        </NoRows>
      ) : (
        <NoRows error={null} retry={refresh} title="No webhook endpoint matches">
          <Button onClick={clear}>Clear the filter</Button>
        </NoRows>
      ),
  });
  const close = () => {
    setIsOpen(false);
    if (event !== null) setSearchParams({}, { replace: true });
  };
  return (
    <>
      <ListTable
        title="Webhook Endpoints"
        description="The URLs that receive the signed events of your workflows. A tenant can have up to 50."
        nouns="webhook endpoints"
        columns={endpointColumns}
        items={rows}
        idOf={({ id }) => id}
        loading={loading}
        refresh={refresh}
        preferences={preferences}
        preferencesControl={control}
        actions={register}
        filter={
          <FilterBar>
            {filter}
            <FilterSelect
              label="Status"
              any="Any"
              options={healthStates}
              value={health}
              onChange={(chosen) => change({ health: chosen })}
            />
          </FilterBar>
        }
        {...list}
      />
      {mayManage && (isOpen || event !== null) && (
        <EndpointForm events={event === null ? [] : [event]} close={close} created={setCreated} />
      )}
      {created !== undefined && <SecretDialog endpoint={created} close={() => setCreated(undefined)} />}
    </>
  );
}
