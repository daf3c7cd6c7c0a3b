import type { AccessToken } from '../../../api/routes';
import { useAct } from '../../../api/use-api';
import { ConfirmDialog } from '../../../parts/confirm-dialog';
import { useNotices } from '../../../parts/notices';

export function RevokeDialog({ token: { id, name }, close }: { token: AccessToken; close: () => void }) {
  const { notify } = useNotices();
  const revoke = useAct((call) => call('DELETE tokens/{id}', { id }), ['tokens']);
  return (
    <ConfirmDialog
      header={`Revoke ${name}?`}
      confirmText="Revoke"
      act={revoke}
      close={close}
      done={() => notify({ type: 'success', content: `${name} was revoked.` })}
    >
      Requests with this token will be refused within seconds. This cannot be undone.
    </ConfirmDialog>
  );
}
