import type { WorkflowDetail } from '../../api/routes';
import { useAct } from '../../api/use-api';
import { ConfirmDialog } from '../../parts/confirm-dialog';
import { useNotices } from '../../parts/notices';

interface RestoreDialogProps {
  readonly workflow: WorkflowDetail;
  readonly version: number;
  readonly close: () => void;
}

/** Writes an old recipe again, as the newest version. Nothing is lost: the current one stays in the history. */
export function RestoreDialog({ workflow: { id, name, description }, version, close }: RestoreDialogProps) {
  const { notify } = useNotices();
  const restore = useAct(
    async (call) => {
      const { recipe } = await call('GET workflows/{id}/versions/{version}', { id, version });
      return call('PUT workflows/{id}', { id, body: { name, description, recipe } });
    },
    ['workflows'],
  );
  return (
    <ConfirmDialog
      header={`Restore version ${version}?`}
      confirmText="Restore"
      act={restore}
      close={close}
      done={(restored) =>
        notify({
          type: 'success',
          content: `Version ${restored.version} of ${name} has the recipe of version ${version}.`,
        })
      }
    >
      Its recipe becomes a new version, which runs use from then on. The versions there are now stay.
    </ConfirmDialog>
  );
}
