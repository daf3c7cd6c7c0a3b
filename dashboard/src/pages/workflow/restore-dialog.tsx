import { useState } from 'react';
import { ApiError } from '../../api/api-error';
import type { Tagged, WorkflowDetail } from '../../api/routes';
import { useAct } from '../../api/use-api';
import { ConfirmDialog } from '../../parts/confirm-dialog';
import { useNotices } from '../../parts/notices';
import { saveOver } from '../../workflow/save-over';

interface RestoreDialogProps {
  readonly workflow: Tagged<WorkflowDetail>;
  readonly version: number;
  readonly close: () => void;
}

/** Saves an old recipe as the newest version. The current version stays in the history. */
export function RestoreDialog({ workflow, version, close }: RestoreDialogProps) {
  const { notify } = useNotices();
  // What the person saw when the dialog opened, or was told of since. Others may save while it is open.
  const [seen, setSeen] = useState(workflow);
  const { id, name, description } = seen;
  const restore = useAct(
    async (call) => {
      const { recipe } = await call('GET workflows/{id}/versions/{version}', { id, version });
      try {
        return await saveOver(call, id, seen, { name, description, recipe });
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'version_conflict') throw error;
        const newest = await call('GET workflows/{id}', { id });
        setSeen(newest);
        throw overtaken(error, newest.version, version);
      }
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

/** Says what the person should know before pressing Restore again, which then replaces the newer version. */
function overtaken({ problem }: ApiError, newest: number, version: number): ApiError {
  return new ApiError({
    ...problem,
    title: 'Somebody else saved this workflow meanwhile',
    detail: `Nothing was restored. Version ${newest} is the current one now. Restore replaces it with the recipe of version ${version}; it stays in the history.`,
  });
}
