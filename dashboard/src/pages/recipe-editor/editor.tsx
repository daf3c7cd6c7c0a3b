import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Form from '@cloudscape-design/components/form';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { problemOf } from '../../api/api-error';
import type { Call } from '../../api/call';
import type { WorkflowDetail } from '../../api/routes';
import { useAct } from '../../api/use-api';
import { Refusal } from '../../parts/refusal';
import { newStore, useSettled } from '../../parts/draft/store';
import { placeFaults } from './check/place-faults';
import { useCheck } from './check/use-check';
import { draftStateOf, editOf, isChanged, readRecipe, type Edit } from './draft/state';
import { LeaveGuard } from './leave-guard';
import { RecipeSection } from './recipe-section';
import { useSaveKey } from './use-save-key';
import { WorkflowFields } from './workflow-fields';

interface EditorProps {
  readonly title: string;
  readonly stored: Edit;
  /** The path that Cancel leads to. */
  readonly back: string;
  readonly save: (call: Call, edit: Edit) => Promise<WorkflowDetail>;
  readonly saved: (workflow: WorkflowDetail) => void;
}

const settledAfterMs = 400;
const none = [] as const;

/** Edits the name, description and recipe of a workflow. Faults that the API finds are shown at their fields. */
export function Editor({ title, stored, back, save, saved }: EditorProps) {
  const navigate = useNavigate();
  const [draft] = useState(() => newStore(draftStateOf(stored)));
  const [settled, settle] = useSettled(draft, settledAfterMs);
  const isSaved = useRef(false);
  const recipe = useMemo(() => readRecipe(settled), [settled]);
  const check = useCheck(recipe.value ?? null);
  const saving = useAct(save, ['workflows']);
  const savingFaults = placeFaults(saving.error === null ? none : problemOf(saving.error).errors);
  const faults = usePlaced(check.problem?.errors);
  const warnings = usePlaced(check.valid?.warnings);

  const send = () => {
    settle();
    const edit = editOf(draft.get());
    if (edit === undefined) return;
    saving.mutate(edit, {
      onSuccess: (workflow) => {
        isSaved.current = true;
        saved(workflow);
      },
    });
  };
  useSaveKey(send);
  return (
    <ContentLayout header={<Header variant="h1">{title}</Header>}>
      <LeaveGuard
        when={useMemo(() => isChanged(settled, stored), [settled, stored])}
        isChanged={() => !isSaved.current && isChanged(draft.get(), stored)}
      />
      <Form
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" onClick={() => void navigate(back)}>
              Cancel
            </Button>
            <Button variant="primary" loading={saving.isPending} onClick={send}>
              Save
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {saving.error !== null && <Refusal error={saving.error} />}
          <WorkflowFields draft={draft} nameFault={savingFaults.name} descriptionFault={savingFaults.description} />
          <RecipeSection draft={draft} check={check} faults={faults} warnings={warnings} textFault={recipe.fault} />
        </SpaceBetween>
      </Form>
    </ContentLayout>
  );
}

/** The same object as long as the messages are the same, so that the steps are not drawn again. */
function usePlaced(messages: Parameters<typeof placeFaults>[0] | undefined) {
  const given = messages === undefined || messages.length === 0 ? none : messages;
  return useMemo(() => placeFaults(given), [given]);
}
