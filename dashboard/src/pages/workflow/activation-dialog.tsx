import type { Workflow } from '../../api/routes';
import { useAct } from '../../api/use-api';
import { ConfirmDialog } from '../../parts/confirm-dialog';
import { useNotices } from '../../parts/notices';

interface ActivationDialogProps {
  readonly workflow: Pick<Workflow, 'id' | 'name' | 'active'>;
  readonly close: () => void;
}

/** Activates an inactive workflow, or deactivates an active one. */
export function ActivationDialog({ workflow: { id, name, active }, close }: ActivationDialogProps) {
  const { notify } = useNotices();
  const act = useAct((call) => call('PATCH workflows/{id}', { id, body: { active: !active } }), ['workflows']);
  return (
    <ConfirmDialog
      header={active ? `Deactivate ${name}?` : `Activate ${name}?`}
      confirmText={active ? 'Deactivate' : 'Activate'}
      act={act}
      close={close}
      done={() => notify({ type: 'success', content: `${name} is now ${active ? 'inactive' : 'active'}.` })}
    >
      {active
        ? 'It can no longer be started, over any channel. Runs that are in progress continue.'
        : 'It can then be run from the dashboard, over the REST API and over MCP.'}
    </ConfirmDialog>
  );
}
