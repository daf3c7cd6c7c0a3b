import FormField from '@cloudscape-design/components/form-field';
import Autosuggest from '@cloudscape-design/components/autosuggest';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEndpoints } from '../../../../endpoint/use-endpoints';
import type { Store } from '../../../../store';
import { faultAt, type PlacedFaults } from '../../check/place-faults';
import type { DraftStep } from '../../draft/recipe';
import type { DraftState } from '../../draft/state';
import { placeOfField } from '../../history/difference';
import { TextWithInputs } from './text-with-inputs';

interface FieldsProps {
  readonly draft: Store<DraftState>;
  readonly step: DraftStep;
  readonly index: number;
  readonly faults: PlacedFaults;
  readonly warnings: PlacedFaults;
  readonly onChange: (step: DraftStep) => void;
}

/** The fields of a step, by its type. */
export function Fields(props: FieldsProps) {
  const { draft, step, index, faults, warnings, onChange } = props;
  switch (step.type) {
    case 'log':
      return (
        <TextWithInputs
          label="Message"
          draft={draft}
          place={placeOfField(step.key, 'message')}
          value={step.message}
          rows={2}
          placeholder="Kicked off for {{input.campaign}}"
          fault={faultAt(faults, index, 'message')}
          warning={faultAt(warnings, index, 'message')}
          onChange={(message) => onChange({ ...step, message })}
        />
      );
    case 'delay':
      return (
        <FormField label="Seconds" constraintText="1 to 30, whole." errorText={faultAt(faults, index, 'seconds')}>
          <div data-place={placeOfField(step.key, 'seconds')}>
            <Input
              value={step.seconds}
              inputMode="numeric"
              onChange={({ detail }) => onChange({ ...step, seconds: detail.value })}
            />
          </div>
        </FormField>
      );
    case 'fire_webhook_event':
      return <EventFields {...props} />;
  }
}

function EventFields({ draft, step, index, faults, warnings, onChange }: FieldsProps) {
  const { items } = useEndpoints();
  const subscribedEvents = [...new Set(items.flatMap(({ events }) => events))].filter(
    (pattern) => !pattern.endsWith('*'),
  );
  return (
    <SpaceBetween size="xs">
      <FormField label="Event" errorText={faultAt(faults, index, 'event')} stretch>
        <div data-place={placeOfField(step.key, 'event')}>
          <Autosuggest
            value={step.event}
            options={subscribedEvents.map((value) => ({ value, description: 'An endpoint subscribes to it' }))}
            enteredTextLabel={(value) => `Fire ${value}`}
            placeholder="campaign.kickoff"
            onChange={({ detail }) => onChange({ ...step, event: detail.value })}
            expandToViewport
          />
        </div>
      </FormField>
      <TextWithInputs
        label="Payload"
        description="A JSON object, or empty."
        draft={draft}
        place={placeOfField(step.key, 'payload')}
        value={step.payload}
        rows={4}
        isJson
        placeholder={'{ "campaign": "{{input.campaign}}" }'}
        fault={faultAt(faults, index, 'payload')}
        warning={faultAt(warnings, index, 'payload')}
        onChange={(payload) => onChange({ ...step, payload })}
      />
    </SpaceBetween>
  );
}
