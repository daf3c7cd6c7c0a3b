import Alert from '@cloudscape-design/components/alert';
import type { RunDetail } from '../../api/routes';
import { Go } from '../../parts/go';
import { runErrorFixes } from '../../runs/run-error-fix';

/** Why the run failed and what would mend it. */
export function RunFailure({ run: { error, workflow_id: workflowId } }: { run: RunDetail }) {
  if (error === null) return null;
  return (
    <Alert
      type="error"
      header={error.step === null ? `Failed with ${error.code}` : `Failed at step ${error.step + 1} with ${error.code}`}
    >
      {error.message} {runErrorFixes[error.code]} <Go to={`/workflows/${workflowId}`}>Open the workflow</Go>
    </Alert>
  );
}
