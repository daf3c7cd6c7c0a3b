import type { AccessToken } from '../../api/routes';
import { useAct } from '../../api/use-api';
import { useNotices } from '../../app/notices';
import { ConfirmDialog } from '../../parts/confirm-dialog';

export function RevokeDialog({ token: { id, name }, close }: { token: AccessToken; close: () => void }) {
  const { notify } = useNotices();
  const revoke = useAct((call, _: void) => call('DELETE tokens/{id}', { id }), ['tokens']);
  return (
    <ConfirmDialog
      header={`Revoke ${name}?`}
      confirmText="Revoke"
      act={revoke}
      close={close}
      done={() => notify({ type: 'success', content: `${name} is revoked.` })}
    >
      Whatever uses it is refused within seconds. That cannot be undone.
    </ConfirmDialog>
  );
}
