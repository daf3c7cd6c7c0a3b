import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Form from '@cloudscape-design/components/form';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo, useRef, useState, type ReactNode } from 'react';
import { problemOf } from '../../api/api-error';
import type { Call } from '../../api/call';
import type { WorkflowDetail } from '../../api/routes';
import { useAct } from '../../api/use-api';
import { KeptNotice } from '../../parts/draft/kept-notice';
import { useSelected, useSettled } from '../../store';
import { useGo } from '../../parts/go';
import type { Edit, Stored } from '../../workflow/edit';
import { placeFaults } from './check/place-faults';
import { useCheck } from './check/use-check';
import { editOf, isChanged, readRecipe, replacedBy } from './draft/state';
import { HistoryButtons } from './history/buttons';
import { useEditHistory } from './history/use-edit-history';
import './editor.css';
import { InputsSection } from './inputs/section';
import { LeaveGuard } from './leave-guard';
import { Side } from './preview/side';
import { RecipeSection } from './recipe-section';
import { SaveFaults } from './save-faults';
import { useDraft, type Draft } from './use-draft';
import { useSaveKey } from './use-save-key';
import { WorkflowFields } from './workflow-fields';

interface EditorProps {
  readonly title: string;
  /** Names the draft that is kept. */
  readonly thing: string;
  readonly stored: Stored;
  /** The path that Cancel leads to. */
  readonly back: string;
  readonly save: (call: Call, edit: Edit, base: Stored) => Promise<WorkflowDetail>;
  readonly saved: (workflow: WorkflowDetail) => void;
  /** What to say if others saved meanwhile. */
  readonly conflict?: (draft: Draft, mine: Edit | undefined, isRefused: boolean) => ReactNode;
}

const settledAfterMs = 400;
const none = [] as const;
const unsendable = {
  json: 'the text is no JSON yet, see below.',
  steps: 'two inputs have the same name, see below.',
};

/** Edits the name, description and recipe of a workflow. Faults that the API finds are shown at their fields. */
export function Editor({ title, thing, stored, back, save, saved, conflict }: EditorProps) {
  const { go } = useGo();
  const draft = useDraft(thing, stored);
  const { store } = draft;
  const history = useEditHistory(store);
  const [settled, settle] = useSettled(store, settledAfterMs);
  const view = useSelected(store, (state) => state.view);
  const isSaved = useRef(false);
  const recipe = useMemo(() => readRecipe(settled), [settled]);
  const check = useCheck(recipe.value);
  const [sent, setSent] = useState<Edit>();
  const [isTried, setIsTried] = useState(false);
  const saving = useAct((call, edit: Edit) => save(call, edit, store.get().base), ['workflows', 'audit-events']);
  const refusal = saving.error === null ? undefined : problemOf(saving.error);
  const faults = usePlaced(check.problem?.errors);
  const warnings = usePlaced(check.valid?.warnings);
  const refused = usePlaced(refusal?.errors);
  // What the API says of a name is said of that name, and not of the one that has been typed since.
  const nameFault = sent?.name === settled.name.trim() ? refused.name : undefined;
  const descriptionFault = sent?.description === (settled.description.trim() || null) ? refused.description : undefined;

  const send = () => {
    settle();
    const edit = editOf(store.get());
    setSent(edit);
    setIsTried(edit === undefined);
    if (edit === undefined) return;
    saving.mutate(edit, {
      onSuccess: (workflow) => {
        isSaved.current = true;
        draft.end();
        saved(workflow);
      },
    });
  };
  useSaveKey(send);
  return (
    <ContentLayout
      header={
        <Header variant="h1" actions={<HistoryButtons history={history} />}>
          {title}
        </Header>
      }
    >
      <LeaveGuard
        when={useMemo(() => isChanged(settled), [settled])}
        isChanged={() => !isSaved.current && isChanged(store.get())}
        left={draft.end}
      />
      <Form
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" onClick={() => go(back)}>
              Cancel
            </Button>
            <Button variant="primary" loading={saving.isPending} onClick={send}>
              Save
            </Button>
          </SpaceBetween>
        }
      >
        <SaveFaults
          error={saving.error}
          check={check}
          unsendable={isTried && recipe.fault !== undefined ? unsendable[view] : undefined}
          marked={
            [nameFault, descriptionFault].filter(Boolean).length +
            (view === 'steps' ? faults.steps.size + faults.inputs.size : 0)
          }
        >
          {draft.keptAtMs !== undefined && (
            <KeptNotice atMs={draft.keptAtMs} discard={() => draft.discard((state) => replacedBy(state, stored))} />
          )}
          {conflict?.(draft, editOf(settled), refusal?.code === 'version_conflict')}
          <div className="editor-columns">
            <SpaceBetween size="l">
              <WorkflowFields draft={store} nameFault={nameFault} descriptionFault={descriptionFault} />
              {view === 'steps' && <InputsSection draft={store} faults={faults} />}
              <RecipeSection draft={store} check={check} faults={faults} warnings={warnings} textFault={recipe.fault} />
            </SpaceBetween>
            <aside aria-label="Preview" className="editor-side" tabIndex={0}>
              <Side check={check} isNoJson={recipe.fault !== undefined} />
            </aside>
          </div>
        </SaveFaults>
      </Form>
    </ContentLayout>
  );
}

/** The same object as long as the messages are the same, so that the steps are not drawn again. */
function usePlaced(messages: Parameters<typeof placeFaults>[0] | undefined) {
  const given = messages === undefined || messages.length === 0 ? none : messages;
  return useMemo(() => placeFaults(given), [given]);
}
