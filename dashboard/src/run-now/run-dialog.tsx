import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { JsonObject } from '../../../functions/domain/json';
import type { StartedRun, Workflow } from '../api/routes';
import { useAct } from '../api/use-api';
import { Dialog } from '../parts/dialog';
import { useNotices } from '../parts/notices';
import { Refusal } from '../parts/refusal';
import { InputField } from './input-field';
import { Preview } from './preview';
import { readInput } from './read-input';

interface RunDialogProps {
  readonly workflow: Pick<Workflow, 'id' | 'name' | 'description'>;
  readonly close: () => void;
}

/** Asks once more before a run, showing what it would do. One dialog confirmed is one run, however often it is sent. */
export function RunDialog({ workflow, close }: RunDialogProps) {
  const [text, setText] = useState('');
  const [intention, setIntention] = useState<string>(newIntention);
  const [sending, setSending] = useState(false);
  const announceRun = useRunNotice();
  const { input, fault } = readInput(text);
  const start = useAct(
    (call, given: JsonObject | undefined) =>
      call('POST workflows/{id}/runs', {
        id: workflow.id,
        body: given === undefined ? {} : { input: given },
        idempotencyKey: intention,
      }),
    ['workflows', 'workflow-runs', 'usage'],
  );

  const confirm = () => {
    if (sending || fault !== undefined) return;
    setSending(true);
    start.mutate(input, {
      onSuccess: (run) => {
        close();
        announceRun(run);
      },
      onError: () => setSending(false),
    });
  };
  return (
    <Dialog
      header={`Run ${workflow.name}?`}
      close={close}
      cancelText="Cancel"
      confirmText="Run now"
      confirm={confirm}
      isAtWork={sending}
    >
      <SpaceBetween size="l">
        {workflow.description !== null && <Box color="text-body-secondary">{workflow.description}</Box>}
        {start.error !== null && <Refusal error={start.error} />}
        <Preview workflowId={workflow.id} />
        <InputField
          workflowId={workflow.id}
          text={text}
          fault={fault}
          onChange={(changed) => {
            setText(changed);
            setIntention(newIntention());
          }}
        />
      </SpaceBetween>
    </Dialog>
  );
}

function newIntention(): string {
  return crypto.randomUUID();
}

/** The message after a run was accepted. */
export function useRunNotice(): (run: StartedRun) => void {
  const { notify } = useNotices();
  const navigate = useNavigate();
  return ({ id }) =>
    notify({
      type: 'success',
      content: `Workflow run #${id} queued.`,
      action: <Button onClick={() => void navigate(`/workflow-runs/${id}`)}>View run</Button>,
    });
}
