import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import Toggle from '@cloudscape-design/components/toggle';
import { memo } from 'react';
import { useSelected, type Store } from '../../store';
import type { DraftState } from './draft/state';

interface WorkflowFieldsProps {
  readonly draft: Store<DraftState>;
  readonly nameFault: string | undefined;
  readonly descriptionFault: string | undefined;
}

/** The name and the description of a workflow. */
export const WorkflowFields = memo(function WorkflowFields(props: WorkflowFieldsProps) {
  const { draft, nameFault, descriptionFault } = props;
  const name = useSelected(draft, (state) => state.name);
  const description = useSelected(draft, (state) => state.description);
  const tool = useSelected(draft, (state) => state.tool);
  return (
    <Container header={<Header variant="h2">Workflow</Header>}>
      <SpaceBetween size="m">
        <FormField label="Name" errorText={nameFault}>
          <div data-place="name">
            <Input value={name} onChange={({ detail }) => draft.set((state) => ({ ...state, name: detail.value }))} />
          </div>
        </FormField>
        <FormField
          label="Description"
          description="Shown in the run dialog. Explain here what to enter as input."
          errorText={descriptionFault}
        >
          <div data-place="description">
            <Textarea
              value={description}
              rows={2}
              onChange={({ detail }) => draft.set((state) => ({ ...state, description: detail.value }))}
            />
          </div>
        </FormField>
        <Toggle
          checked={tool}
          description="Agents that are connected over MCP then find it by its name and description, and are told its inputs."
          onChange={({ detail }) => draft.set((state) => ({ ...state, tool: detail.checked }))}
        >
          Offer to AI agents as a tool of its own
        </Toggle>
      </SpaceBetween>
    </Container>
  );
});
