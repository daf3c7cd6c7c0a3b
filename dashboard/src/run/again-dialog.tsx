import Spinner from '@cloudscape-design/components/spinner';
import type { Run } from '../api/routes';
import { useRead } from '../api/use-api';
import { Dialog } from '../parts/dialog';
import { Refusal } from '../parts/refusal';
import { RunDialog } from '../run-now/run-dialog';

interface RunAgainDialogProps {
  readonly run: Run;
  readonly close: () => void;
}

/** Opens Run now for the workflow of an earlier run, with that run's input filled in. */
export function RunAgainDialog({ run, close }: RunAgainDialogProps) {
  const workflow = useRead('GET workflows/{id}', { id: run.workflow_id });
  const earlier = useRead('GET workflow-runs/{id}', { id: run.id });
  if (workflow.data !== undefined && earlier.data !== undefined)
    return <RunDialog workflow={workflow.data} earlier={earlier.data.input} close={close} />;
  const error = workflow.error ?? earlier.error;
  return (
    <Dialog header={`Run ${run.workflow_name}?`} close={close} confirmText="Close" confirm={close}>
      {error === null ? <Spinner /> : <Refusal error={error} />}
    </Dialog>
  );
}
