import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useRef, useState } from 'react';
import type { Json } from '../../../../functions/domain/json';
import { problemOf } from '../../api/api-error';
import type { WorkflowDetail, WorkflowWrite } from '../../api/routes';
import { useAct } from '../../api/use-api';
import type { Call } from '../../api/call';
import { useGo } from '../../parts/go';
import { Refusal } from '../../parts/refusal';
import { LeaveGuard } from './leave-guard';
import { placeFaults } from './place-faults';
import { RecipeSection } from './recipe-section';
import { useCheck } from './use-check';
import { useRecipeDraft } from './use-recipe-draft';
import { useSaveKey } from './use-save-key';

interface EditorProps {
  readonly title: string;
  readonly stored: { readonly name: string; readonly description: string | null; readonly recipe: Json };
  /** The path that Cancel leads to. */
  readonly back: string;
  readonly save: (call: Call, write: WorkflowWrite) => Promise<WorkflowDetail>;
  readonly saved: (workflow: WorkflowDetail) => void;
}

/** Edits the name, description and recipe of a workflow. Faults that the API finds are shown at their fields. */
export function Editor({ title, stored, back, save, saved }: EditorProps) {
  const { go } = useGo();
  const [name, setName] = useState(stored.name);
  const [description, setDescription] = useState(stored.description ?? '');
  const isSaved = useRef(false);
  const draft = useRecipeDraft(stored.recipe);
  const check = useCheck(draft.value ?? null);
  const saving = useAct(save, ['workflows']);
  const savingFaults = placeFaults(saving.error === null ? [] : problemOf(saving.error).errors);
  const faults = placeFaults(check.problem?.errors ?? []);
  const warnings = placeFaults(check.valid?.warnings ?? []);
  const isChanged =
    name !== stored.name ||
    description !== (stored.description ?? '') ||
    JSON.stringify(draft.value) !== JSON.stringify(stored.recipe);

  const send = () => {
    if (draft.value === undefined) return;
    const write = { name: name.trim(), description: description.trim() || null, recipe: draft.value };
    saving.mutate(write, {
      onSuccess: (workflow) => {
        isSaved.current = true;
        saved(workflow);
      },
    });
  };
  useSaveKey(send);
  return (
    <ContentLayout header={<Header variant="h1">{title}</Header>}>
      <LeaveGuard when={isChanged} saved={isSaved} />
      <Form
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" onClick={() => go(back)}>
              Cancel
            </Button>
            <Button variant="primary" loading={saving.isPending} disabled={draft.value === undefined} onClick={send}>
              Save
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {saving.error !== null && <Refusal error={saving.error} />}
          <Container header={<Header variant="h2">Workflow</Header>}>
            <SpaceBetween size="m">
              <FormField label="Name" errorText={savingFaults.name}>
                <Input value={name} onChange={({ detail }) => setName(detail.value)} />
              </FormField>
              <FormField
                label="Description"
                description="Shown in the run dialog. Explain here what to enter as input."
                errorText={savingFaults.description}
              >
                <Textarea value={description} rows={2} onChange={({ detail }) => setDescription(detail.value)} />
              </FormField>
            </SpaceBetween>
          </Container>
          <RecipeSection draft={draft} check={check} faults={faults} warnings={warnings} />
        </SpaceBetween>
      </Form>
    </ContentLayout>
  );
}
