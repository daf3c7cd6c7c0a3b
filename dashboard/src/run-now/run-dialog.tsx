import Box from '@cloudscape-design/components/box';
import { useState } from 'react';
import type { JsonObject } from '../../../functions/domain/json';
import type { StartedRun, Workflow } from '../api/routes';
import { useAct } from '../api/use-api';
import { useIdempotencyKeys } from '../api/use-idempotency-keys';
import { faultOfField } from '../api/field-faults';
import { Dialog } from '../parts/dialog';
import { GoButton } from '../parts/go';
import { useNotices } from '../parts/notices';
import { FormFaults } from '../parts/form/form-faults';
import { InputField } from './input-field';
import { Preview } from './preview';
import { readInput } from './read-input';

interface RunDialogProps {
  readonly workflow: Pick<Workflow, 'id' | 'name' | 'description'>;
  readonly close: () => void;
}

/** Shows what a run would do, and asks before starting it. */
export function RunDialog({ workflow, close }: RunDialogProps) {
  const [text, setText] = useState('');
  const keyOf = useIdempotencyKeys();
  const announceRun = useRunNotice();
  const { input, fault } = readInput(text);
  const [tries, setTries] = useState(0);
  // While somebody types, the text is not JSON yet. That is said when they try to run it.
  const shownFault = tries > 0 ? fault : undefined;
  const start = useAct(
    (call, body: { input?: JsonObject }) =>
      call('POST workflows/{id}/runs', { id: workflow.id, body, idempotencyKey: keyOf(body) }),
    ['workflows', 'workflow-runs', 'usage'],
  );

  const confirm = () => {
    setTries(tries + 1);
    if (fault !== undefined) return;
    const onSuccess = (run: StartedRun) => {
      close();
      announceRun(run);
    };
    start.mutate(input === undefined ? {} : { input }, { onSuccess });
  };
  return (
    <Dialog
      header={`Run ${workflow.name}?`}
      close={close}
      cancelText="Cancel"
      confirmText="Run now"
      confirm={confirm}
      isAtWork={start.isPending}
    >
      <FormFaults error={start.error} fields={['input']} ownFaults={shownFault === undefined ? 0 : 1} tries={tries}>
        {workflow.description !== null && <Box color="text-body-secondary">{workflow.description}</Box>}
        <Preview workflowId={workflow.id} />
        <InputField
          workflowId={workflow.id}
          text={text}
          fault={shownFault ?? (faultOfField(start.error, 'input') || undefined)}
          onChange={setText}
        />
      </FormFaults>
    </Dialog>
  );
}

/** Shows the notice that a run was accepted, with a link that opens the run. */
export function useRunNotice(): (run: StartedRun) => void {
  const { notify } = useNotices();
  return ({ id }) =>
    notify({
      type: 'success',
      content: `Workflow run #${id} queued.`,
      action: <GoButton to={`/workflow-runs/${id}`}>View run</GoButton>,
    });
}
