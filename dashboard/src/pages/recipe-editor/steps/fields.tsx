import Autosuggest from '@cloudscape-design/components/autosuggest';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useEndpoints } from '../../../endpoint/use-endpoints';
import { faultAt, type PlacedFaults } from '../check/place-faults';
import type { DraftStep } from '../draft/recipe';
import { placeOfField } from '../history/difference';

interface FieldsProps {
  readonly step: DraftStep;
  readonly index: number;
  readonly faults: PlacedFaults;
  readonly warnings: PlacedFaults;
  readonly onChange: (step: DraftStep) => void;
}

const placeholderHelp = "{{input.campaign}} becomes that value of a run's input. For {{ itself, write {{'{{'}}.";

/** The fields of a step, by its type. */
export function Fields({ step, index, faults, warnings, onChange }: FieldsProps) {
  switch (step.type) {
    case 'log':
      return (
        <FormField
          label="Message"
          constraintText={placeholderHelp}
          errorText={faultAt(faults, index, 'message')}
          warningText={faultAt(warnings, index, 'message')}
          stretch
        >
          <div data-place={placeOfField(step.key, 'message')}>
            <Textarea
              value={step.message}
              rows={2}
              placeholder="Kicked off for {{input.campaign}}"
              onChange={({ detail }) => onChange({ ...step, message: detail.value })}
            />
          </div>
        </FormField>
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
      return <EventFields step={step} index={index} faults={faults} warnings={warnings} onChange={onChange} />;
  }
}

function EventFields({ step, index, faults, warnings, onChange }: FieldsProps) {
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
      <FormField
        label="Payload"
        description="A JSON object, or empty."
        constraintText={placeholderHelp}
        errorText={faultAt(faults, index, 'payload')}
        warningText={faultAt(warnings, index, 'payload')}
        stretch
      >
        <div data-place={placeOfField(step.key, 'payload')}>
          <Textarea
            value={step.payload}
            rows={4}
            spellcheck={false}
            placeholder={'{ "campaign": "{{input.campaign}}" }'}
            onChange={({ detail }) => onChange({ ...step, payload: detail.value })}
          />
        </div>
      </FormField>
    </SpaceBetween>
  );
}
