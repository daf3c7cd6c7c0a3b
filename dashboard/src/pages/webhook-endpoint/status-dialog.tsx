import type { Endpoint } from '../../api/routes';
import { useAct } from '../../api/use-api';
import { ConfirmDialog } from '../../parts/confirm-dialog';
import { useNotices } from '../../parts/notices';

/** Disables an active endpoint, or enables a disabled one. */
export function StatusDialog({ endpoint: { id, status }, close }: { endpoint: Endpoint; close: () => void }) {
  const { notify } = useNotices();
  const next = status === 'active' ? 'disabled' : 'active';
  const change = useAct(
    (call) => call('PATCH webhook-endpoints/{id}', { id, body: { status: next } }),
    ['webhook-endpoints', 'webhook-deliveries'],
  );
  return (
    <ConfirmDialog
      header={next === 'active' ? 'Enable the endpoint?' : 'Disable the endpoint?'}
      confirmText={next === 'active' ? 'Enable' : 'Disable'}
      act={change}
      close={close}
      done={() => notify({ type: 'success', content: `The endpoint is now ${next}.` })}
    >
      {next === 'active'
        ? 'Events are sent to this endpoint again from now on. Events fired while it was disabled are not sent later.'
        : 'Events are no longer sent to this endpoint, and deliveries that wait for another attempt end as failed.'}
    </ConfirmDialog>
  );
}
