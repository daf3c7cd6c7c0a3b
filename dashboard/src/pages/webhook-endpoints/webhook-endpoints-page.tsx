import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Endpoint, EndpointWithSecret } from '../../api/routes';
import { EndpointForm } from '../../endpoint/form';
import { SecretDialog } from '../../endpoint/secret-dialog';
import { useEndpoints } from '../../endpoint/use-endpoints';
import { ListTable } from '../../parts/list/list-table';
import { usePreferences } from '../../parts/list/preferences';
import { useListInPage } from '../../parts/list/use-list-in-page';
import { NoRows } from '../../parts/load-state';
import { useSession } from '../../session/session';
import { endpointColumns } from './endpoint-columns';

const hiddenAtFirst = ['id', 'body', 'created'];

/** Opened with `?register=an.event` from a step that nobody listened to. */
export function WebhookEndpointsPage() {
  const { mayManage } = useSession();
  const [address, setAddress] = useSearchParams();
  const wanted = address.get('register');
  const [isOpen, setIsOpen] = useState(false);
  const [created, setCreated] = useState<EndpointWithSecret>();
  const { items, loading, error, refresh } = useEndpoints();
  const { preferences, control } = usePreferences<Endpoint>('webhook-endpoints', endpointColumns, hiddenAtFirst);
  const register = mayManage ? <Button onClick={() => setIsOpen(true)}>Register endpoint</Button> : undefined;
  const { rows, ...list } = useListInPage({
    ...{ items, error, refresh, preferences },
    noun: 'webhook endpoint',
    textOf: ({ id, url, events, description }) => `${id} ${url} ${events.join(' ')} ${description ?? ''}`,
    empty: (
      <NoRows error={null} retry={refresh} title="No webhook endpoints">
        Register one to receive the events that your workflows fire. {register}
      </NoRows>
    ),
  });
  const close = () => {
    setIsOpen(false);
    if (wanted !== null) setAddress({}, { replace: true });
  };
  return (
    <>
      <ListTable
        title="Webhook Endpoints"
        description="Where the events of your workflows go, signed. At most 50."
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
      {mayManage && (isOpen || wanted !== null) && (
        <EndpointForm events={wanted === null ? [] : [wanted]} close={close} created={setCreated} />
      )}
      {created !== undefined && <SecretDialog endpoint={created} close={() => setCreated(undefined)} />}
    </>
  );
}
