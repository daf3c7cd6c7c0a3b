import type { Endpoint } from '../../api/routes';
import { useAct } from '../../api/use-api';
import { useIdempotencyKeys } from '../../api/use-idempotency-keys';
import { ConfirmDialog } from '../../parts/confirm-dialog';
import { useNotices } from '../../parts/notices';

/** Ends the signing of a replaced secret before its 24 hours are over. */
export function ExpireDialog({ endpoint: { id }, close }: { endpoint: Endpoint; close: () => void }) {
  const { notify } = useNotices();
  const keyOf = useIdempotencyKeys();
  const expire = useAct(
    (call) => call('POST webhook-endpoints/{id}/expire-previous-secret', { id, idempotencyKey: keyOf({ id }) }),
    ['webhook-endpoints'],
  );
  return (
    <ConfirmDialog
      header="End the old secret?"
      confirmText="End"
      act={expire}
      close={close}
      done={() => notify({ type: 'success', content: 'The old secret no longer signs.' })}
    >
      Deliveries are signed with the current secret only. A receiver that knows only the old one refuses them from now
      on.
    </ConfirmDialog>
  );
}
