import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Delivery, Endpoint, EndpointWithSecret, Tagged } from '../../api/routes';
import { useAct } from '../../api/use-api';
import { useIdempotencyKeys } from '../../api/use-idempotency-keys';
import { useSendingRefusal } from '../../delivery/use-sending';
import { EndpointForm } from '../../endpoint/form';
import { SecretDialog } from '../../endpoint/secret-dialog';
import { useNotices } from '../../parts/notices';
import { useSession } from '../../session/session';
import { DeleteDialog } from './delete-dialog';
import { ExpireDialog } from './expire-dialog';
import { RedeliverFailedDialog } from './redeliver-failed-dialog';
import { RotateDialog } from './rotate-dialog';
import { StatusDialog } from './status-dialog';

const dialogs = ['edit', 'rotate', 'expire', 'status', 'redeliver', 'delete'] as const;

interface EndpointActionsProps {
  readonly endpoint: Tagged<Endpoint>;
  /** Called with the id of the delivery that sends the test event. */
  readonly tested: (deliveryId: string) => void;
}

/** The buttons and dialogs that change or test an endpoint. */
export function EndpointActions({ endpoint, tested }: EndpointActionsProps) {
  const { mayManage } = useSession();
  const sendingRefusal = useSendingRefusal();
  const { notifyProblem } = useNotices();
  const [dialog, setDialog] = useState<(typeof dialogs)[number]>();
  const [secret, setSecret] = useState<EndpointWithSecret>();
  const keyOf = useIdempotencyKeys();
  const [testsSent, setTestsSent] = useState(0);
  const test = useAct(
    (call) =>
      // Another press is another test, but not if the answer to the last one is not known.
      call('POST webhook-endpoints/{id}/test', { id: endpoint.id, idempotencyKey: keyOf({ testsSent }) }),
    ['webhook-deliveries'],
  );
  const showTest = ({ id }: Delivery) => {
    setTestsSent(testsSent + 1);
    tested(id);
  };
  const close = () => setDialog(undefined);
  if (!mayManage) return null;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <ButtonDropdown
        items={[
          { id: 'edit', text: 'Edit' },
          { id: 'rotate', text: 'Rotate secret' },
          ...(endpoint.previous_secret_until === null ? [] : [{ id: 'expire', text: 'End the old secret' }]),
          { id: 'status', text: endpoint.status === 'active' ? 'Disable' : 'Enable' },
          {
            id: 'redeliver',
            text: 'Redeliver failed deliveries',
            disabled: sendingRefusal !== undefined,
            disabledReason: sendingRefusal ?? '',
          },
          { id: 'delete', text: 'Delete' },
        ]}
        onItemClick={({ detail }) => setDialog(dialogs.find((id) => id === detail.id))}
      >
        Actions
      </ButtonDropdown>
      <Button
        loading={test.isPending}
        disabled={sendingRefusal !== undefined}
        disabledReason={sendingRefusal ?? ''}
        onClick={() => test.mutate(undefined, { onSuccess: showTest, onError: notifyProblem })}
      >
        Send test event
      </Button>
      {dialog === 'edit' && <EndpointForm endpoint={endpoint} close={close} />}
      {dialog === 'rotate' && <RotateDialog endpoint={endpoint} close={close} rotated={setSecret} />}
      {dialog === 'expire' && <ExpireDialog endpoint={endpoint} close={close} />}
      {dialog === 'status' && <StatusDialog endpoint={endpoint} close={close} />}
      {dialog === 'redeliver' && <RedeliverFailedDialog endpointId={endpoint.id} close={close} />}
      {dialog === 'delete' && <DeleteDialog endpoint={endpoint} close={close} />}
      {secret !== undefined && <SecretDialog endpoint={secret} close={() => setSecret(undefined)} />}
    </SpaceBetween>
  );
}
