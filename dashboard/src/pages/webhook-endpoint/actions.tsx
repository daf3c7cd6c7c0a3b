import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Endpoint, EndpointWithSecret } from '../../api/routes';
import { useAct } from '../../api/use-api';
import { EndpointForm } from '../../endpoint/form';
import { SecretDialog } from '../../endpoint/secret-dialog';
import { useNotices } from '../../parts/notices';
import { useSession } from '../../session/session';
import { DeleteDialog } from './delete-dialog';
import { RedeliverFailedDialog } from './redeliver-failed-dialog';
import { RotateDialog } from './rotate-dialog';
import { StatusDialog } from './status-dialog';

const dialogs = ['edit', 'rotate', 'status', 'redeliver', 'delete'] as const;

interface EndpointActionsProps {
  readonly endpoint: Endpoint;
  /** Told of the delivery a test event became. */
  readonly tested: (deliveryId: string) => void;
}

/** All that can be done with an endpoint. */
export function EndpointActions({ endpoint, tested }: EndpointActionsProps) {
  const { mayManage } = useSession();
  const { notifyProblem } = useNotices();
  const [asked, setAsked] = useState<(typeof dialogs)[number]>();
  const [secret, setSecret] = useState<EndpointWithSecret>();
  const test = useAct((call) => call('POST webhook-endpoints/{id}/test', { id: endpoint.id }), ['webhook-deliveries']);
  const close = () => setAsked(undefined);
  if (!mayManage) return null;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <ButtonDropdown
        items={[
          { id: 'edit', text: 'Edit' },
          { id: 'rotate', text: 'Rotate secret' },
          { id: 'status', text: endpoint.status === 'active' ? 'Disable' : 'Enable' },
          { id: 'redeliver', text: 'Redeliver failed deliveries' },
          { id: 'delete', text: 'Delete' },
        ]}
        onItemClick={({ detail }) => setAsked(dialogs.find((id) => id === detail.id))}
      >
        Actions
      </ButtonDropdown>
      <Button
        loading={test.isPending}
        onClick={() => test.mutate(undefined, { onSuccess: ({ id }) => tested(id), onError: notifyProblem })}
      >
        Send test event
      </Button>
      {asked === 'edit' && <EndpointForm endpoint={endpoint} close={close} />}
      {asked === 'rotate' && <RotateDialog endpoint={endpoint} close={close} rotated={setSecret} />}
      {asked === 'status' && <StatusDialog endpoint={endpoint} close={close} />}
      {asked === 'redeliver' && <RedeliverFailedDialog endpointId={endpoint.id} close={close} />}
      {asked === 'delete' && <DeleteDialog endpoint={endpoint} close={close} />}
      {secret !== undefined && <SecretDialog endpoint={secret} close={() => setSecret(undefined)} />}
    </SpaceBetween>
  );
}
