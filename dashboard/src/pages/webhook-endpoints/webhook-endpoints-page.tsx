import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Endpoint, EndpointWithSecret } from '../../api/routes';
import { EndpointForm } from '../../endpoint/form';
import { SecretDialog } from '../../endpoint/secret-dialog';
import { useLiveEndpoints } from '../../endpoint/use-endpoints';
import { ListTable } from '../../parts/list/list-table';
import { usePreferences } from '../../parts/list/preferences';
import { useListInPage } from '../../parts/list/use-list-in-page';
import { NoRows } from '../../parts/load-state';
import { useSession } from '../../session/session';
import { endpointColumns } from './endpoint-columns';

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
  const { rows, ...list } = useListInPage({
    ...{ items, error, refresh, preferences },
    idOf: ({ id }) => id,
    noun: 'webhook endpoint',
    textOf: ({ id, url, events, description }) => `${id} ${url} ${events.join(' ')} ${description ?? ''}`,
    empty: (
      <NoRows error={null} retry={refresh} title="No webhook endpoints">
        Register an endpoint to receive the events that your workflows fire. {register}
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
        {...list}
      />
      {mayManage && (isOpen || event !== null) && (
        <EndpointForm events={event === null ? [] : [event]} close={close} created={setCreated} />
      )}
      {created !== undefined && <SecretDialog endpoint={created} close={() => setCreated(undefined)} />}
    </>
  );
}
