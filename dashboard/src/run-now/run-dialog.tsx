import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { JsonObject } from '../../../functions/domain/json';
import type { StartedRun, Workflow } from '../api/routes';
import { useAct, useRead } from '../api/use-api';
import { useIdempotencyKeys } from '../api/use-idempotency-keys';
import { Part } from '../parts/chunk/part';
import { Dialog } from '../parts/dialog';
import { FormFaults } from '../parts/form/form-faults';
import { declaredIn } from '../workflow/declared-inputs';
import { inputFaults } from './input-faults';
import { wholeText } from './input/run-form';
import { pathsReadBy } from './input/read-text';
import { FreeInput } from './json-field';
import { PreviewSummary } from './preview/summary';
import { usePreview } from './preview/use-preview';
import { useRunNotice } from './use-run-notice';
import { useRunForm } from './use-run-form';

export interface RunDialogProps {
  readonly workflow: Pick<Workflow, 'id' | 'name' | 'description' | 'inputs' | 'steps_total' | 'total_delay_seconds'>;
  /** The input of an earlier run, to start with. */
  readonly earlier?: JsonObject;
  readonly close: () => void;
}

/** Shows what a run would do, and asks before starting it: with a form, if the recipe declares inputs. */
export function RunDialog({ workflow, earlier, close }: RunDialogProps) {
  // The list that the dialog was opened from may be older than the recipe.
  const { data: newest } = useRead('GET workflows/{id}', { id: workflow.id });
  const declared = declaredIn(newest ?? workflow);
  const used = useRunForm(workflow.id, declared, earlier);
  const preview = usePreview(workflow.id, used.faults.size === 0 ? (used.input ?? {}) : undefined);
  const [isTried, setIsTried] = useState(false);
  const [isFormShown, setIsFormShown] = useState(false);
  // Counts what may have found faults, because the focus then moves to the first.
  const [checks, setChecks] = useState(0);
  const [sent, setSent] = useState<string>();
  const keyOf = useIdempotencyKeys();
  const announceRun = useRunNotice();
  const start = useAct(
    (call, body: { input?: JsonObject }) =>
      call('POST workflows/{id}/runs', { id: workflow.id, body, idempotencyKey: keyOf(body) }),
    ['workflows', 'workflow-runs', 'usage'],
  );
  const body = used.input === undefined ? {} : { input: used.input };
  const { faults, error } = inputFaults({
    declared,
    used,
    // While somebody types, the text is not JSON yet. That is said when they try to run it.
    isTried,
    error: start.error,
    isUnchanged: sent === JSON.stringify(body),
  });

  const confirm = () => {
    setIsTried(true);
    setChecks(checks + 1);
    if (used.faults.size > 0) return;
    setSent(JSON.stringify(body));
    const onSuccess = (run: StartedRun) => {
      used.keep();
      close();
      announceRun(run);
    };
    start.mutate(body, { onSuccess });
  };
  const turn: typeof used.turn = (view) => {
    used.turn(view);
    setIsTried(false);
    setChecks(checks + 1);
  };
  return (
    <Dialog
      header={`Run ${workflow.name}?`}
      {...(declared.length > 0 && { size: 'large' })}
      close={close}
      cancelText="Cancel"
      confirmText="Run now"
      confirm={confirm}
      isAtWork={start.isPending}
      // Values that nobody sees are not sent.
      disabled={declared.length > 0 && !isFormShown}
    >
      <FormFaults error={error} fields={['input']} ownFaults={faults.size} tries={checks}>
        {workflow.description !== null && <Box color="text-body-secondary">{workflow.description}</Box>}
        {declared.length > 0 ? (
          <Part
            load={loadDeclaredInput}
            props={{ workflow, declared, used, faults, turn, preview, onShown: setIsFormShown }}
            name="The form"
          />
        ) : (
          <SpaceBetween size="m">
            <PreviewSummary {...preview} />
            <FreeInput
              paths={newest === undefined ? [] : pathsReadBy(newest.recipe)}
              text={used.form.text}
              fault={faults.get(wholeText)}
              onChange={used.setText}
            />
            {preview.data?.steps !== undefined && (
              <Part
                load={loadSteps}
                props={{ steps: preview.data.steps, isBehind: preview.isBehind }}
                name="The preview"
              />
            )}
          </SpaceBetween>
        )}
      </FormFaults>
    </Dialog>
  );
}

async function loadDeclaredInput() {
  return (await import('./form/declared-input')).DeclaredInput;
}

async function loadSteps() {
  return (await import('./preview/sent-steps')).SentSteps;
}
