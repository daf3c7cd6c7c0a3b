import type { ConnectedApp } from '../../../api/routes';
import { useAct } from '../../../api/use-api';
import { ConfirmDialog } from '../../../parts/confirm-dialog';
import { useNotices } from '../../../parts/notices';

export function RevokeDialog({ app: { id, name }, close }: { app: ConnectedApp; close: () => void }) {
  const { notify } = useNotices();
  const revoke = useAct((call) => call('DELETE connected-apps/{id}', { id }), ['connected-apps']);
  return (
    <ConfirmDialog
      header={`Revoke ${name}?`}
      confirmText="Revoke"
      act={revoke}
      close={close}
      done={() => notify({ type: 'success', content: `${name} was revoked.` })}
    >
      All its tokens stop working within 10 seconds. To be used again, the app must be approved again.
    </ConfirmDialog>
  );
}
