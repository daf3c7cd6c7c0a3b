import type { WorkflowDetail } from '../../api/routes';
import { useAct } from '../../api/use-api';
import { ConfirmDialog } from '../../parts/confirm-dialog';
import { useNotices } from '../../parts/notices';

interface RestoreDialogProps {
  readonly workflow: WorkflowDetail;
  readonly version: number;
  readonly close: () => void;
}

/** Saves an old recipe as the newest version. The current version stays in the history. */
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
      Its recipe is saved as a new version, which later runs use. All existing versions are kept.
    </ConfirmDialog>
  );
}
