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
      A new secret is made and shown once. For 24 hours the old one signs too, so the receiver can change over in its
      own time; until then there is no second rotation.
    </ConfirmDialog>
  );
}
