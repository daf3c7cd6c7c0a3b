import type { Endpoint, EndpointWithSecret } from '../../api/routes';
import { useAct } from '../../api/use-api';
import { ConfirmDialog } from '../../parts/confirm-dialog';

interface RotateDialogProps {
  readonly endpoint: Endpoint;
  readonly close: () => void;
  readonly rotated: (endpoint: EndpointWithSecret) => void;
}

export function RotateDialog({ endpoint: { id }, close, rotated }: RotateDialogProps) {
  const rotate = useAct((call) => call('POST webhook-endpoints/{id}/rotate-secret', { id }), ['webhook-endpoints']);
  return (
    <ConfirmDialog header="Rotate the signing secret?" confirmText="Rotate" act={rotate} close={close} done={rotated}>
      A new secret is created and shown once. For 24 hours deliveries are signed with both the old and the new secret,
      so that the receiver can switch at any time. The secret cannot be rotated again during these 24 hours.
    </ConfirmDialog>
  );
}
