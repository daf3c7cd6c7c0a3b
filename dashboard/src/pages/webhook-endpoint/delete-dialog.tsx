import { problemOf } from '../../api/api-error';
import type { Endpoint } from '../../api/routes';
import { useAct } from '../../api/use-api';
import { hostOf } from '../../endpoint/link';
import { ConfirmDialog } from '../../parts/confirm-dialog';
import { useGo } from '../../parts/go';
import { useNotices } from '../../parts/notices';

export function DeleteDialog({ endpoint: { id, url }, close }: { endpoint: Endpoint; close: () => void }) {
  const { notify } = useNotices();
  const { go } = useGo();
  const remove = useAct(async (call) => {
    try {
      await call('DELETE webhook-endpoints/{id}', { id });
    } catch (error) {
      // It is gone already, by an earlier try whose answer was lost, or by somebody else.
      if (problemOf(error).code !== 'not_found') throw error;
    }
  }, []);
  return (
    <ConfirmDialog
      header={`Delete ${hostOf(url)}?`}
      confirmText="Delete"
      act={remove}
      close={close}
      done={() => {
        notify({ type: 'success', content: 'The endpoint was deleted.' });
        go('/webhook-endpoints');
      }}
    >
      Its secret is deleted too, and its pending deliveries end as failed. Past deliveries stay listed.
    </ConfirmDialog>
  );
}
