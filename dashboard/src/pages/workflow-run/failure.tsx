import Alert from '@cloudscape-design/components/alert';
import type { RunDetail } from '../../api/routes';
import { Go } from '../../parts/go';
import { fixOf } from '../../run/error-fix';
import { useSession } from '../../session/session';

/** Why the run failed, and what the user can do about it. */
export function RunFailure({ run: { error, workflow_id: workflowId } }: { run: RunDetail }) {
  const { mayAuthor } = useSession();
  if (error === null) return null;
  return (
    <Alert
      type="error"
      header={error.step === null ? `Failed with ${error.code}` : `Failed at step ${error.step + 1} with ${error.code}`}
    >
      {error.message} {fixOf(error.code, mayAuthor)} <Go to={`/workflows/${workflowId}`}>Open the workflow</Go>
    </Alert>
  );
}
