import type { Endpoint, EndpointWithSecret } from '../../api/routes';
import { useAct } from '../../api/use-api';
import { useIdempotencyKeys } from '../../api/use-idempotency-keys';
import { ConfirmDialog } from '../../parts/confirm-dialog';
import { localAndUtc } from '../../parts/time';

interface RotateDialogProps {
  readonly endpoint: Endpoint;
  readonly close: () => void;
  readonly rotated: (endpoint: EndpointWithSecret) => void;
}

export function RotateDialog({ endpoint: { id, previous_secret_until: until }, close, rotated }: RotateDialogProps) {
  const keyOf = useIdempotencyKeys();
  const rotate = useAct(
    (call) => call('POST webhook-endpoints/{id}/rotate-secret', { id, idempotencyKey: keyOf({ id }) }),
    ['webhook-endpoints'],
  );
  return (
    <ConfirmDialog header="Rotate the signing secret?" confirmText="Rotate" act={rotate} close={close} done={rotated}>
      {until === null
        ? 'A new secret is created and shown once. For 24 hours deliveries are signed with both the old and the new secret, so that the receiver can switch at any time.'
        : `A new secret is created and shown once. It replaces the one of the last rotation at once. The one before that goes on signing until ${localAndUtc(until)}.`}
    </ConfirmDialog>
  );
}
