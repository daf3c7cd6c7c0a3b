import Autosuggest from '@cloudscape-design/components/autosuggest';
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Textarea from '@cloudscape-design/components/textarea';
import type { ReactNode } from 'react';
import { useEndpoints } from '../../endpoint/use-endpoints';
import { isStepType, stepTypeNames, stepTypes } from '../../workflow/step-types';
import type { DraftStep } from './draft';
import { faultAt, otherFaults, type PlacedFaults } from './place-faults';

interface StepFieldsProps {
  readonly step: DraftStep;
  readonly index: number;
  readonly faults: PlacedFaults;
  readonly warnings: PlacedFaults;
  readonly onChange: (step: DraftStep) => void;
}

interface StepProps extends StepFieldsProps {
  /** The buttons for the whole step, shown beside its type. */
  readonly actions: ReactNode;
}

/** One step with its fields. Each message of the API is shown at the field that it is about. */
export function StepFields({ step, index, faults, warnings, onChange, actions }: StepProps) {
  const fields = step.raw === undefined ? stepTypes[step.type].fields : [];
  const others = [
    ...otherFaults(faults, index, fields).map((text) => ({ type: 'error' as const, text })),
    ...otherFaults(warnings, index, fields).map((text) => ({ type: 'warning' as const, text })),
  ];
  return (
    <SpaceBetween size="xs">
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        <Box variant="strong">{index + 1}.</Box>
        {step.raw === undefined ? (
          <Select
            ariaLabel={`Type of step ${index + 1}`}
            selectedOption={{ value: step.type, label: step.type }}
            options={stepTypeNames.map((value) => ({ value, label: value }))}
            onChange={({ detail }) => {
              const type = detail.selectedOption.value;
              if (isStepType(type)) onChange({ ...step, type });
            }}
            expandToViewport
          />
        ) : (
          <Box variant="code">{JSON.stringify(step.raw)}</Box>
        )}
        {actions}
      </SpaceBetween>
      {step.raw === undefined && (
        <Fields step={step} index={index} faults={faults} warnings={warnings} onChange={onChange} />
      )}
      {others.map(({ type, text }) => (
        <StatusIndicator key={text} type={type}>
          {text}
        </StatusIndicator>
      ))}
    </SpaceBetween>
  );
}

const placeholderHelp = "{{input.campaign}} becomes that value of a run's input. For {{ itself, write {{'{{'}}.";

function Fields({ step, index, faults, warnings, onChange }: StepFieldsProps) {
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
          <Textarea
            value={step.message}
            rows={2}
            placeholder="Kicked off for {{input.campaign}}"
            onChange={({ detail }) => onChange({ ...step, message: detail.value })}
          />
        </FormField>
      );
    case 'delay':
      return (
        <FormField label="Seconds" constraintText="1 to 30, whole." errorText={faultAt(faults, index, 'seconds')}>
          <Input
            value={step.seconds}
            inputMode="numeric"
            onChange={({ detail }) => onChange({ ...step, seconds: detail.value })}
          />
        </FormField>
      );
    case 'fire_webhook_event':
      return <EventFields step={step} index={index} faults={faults} warnings={warnings} onChange={onChange} />;
  }
}

function EventFields({ step, index, faults, warnings, onChange }: StepFieldsProps) {
  const { items } = useEndpoints();
  const subscribedEvents = [...new Set(items.flatMap(({ events }) => events))].filter(
    (pattern) => !pattern.endsWith('*'),
  );
  return (
    <SpaceBetween size="xs">
      <FormField label="Event" errorText={faultAt(faults, index, 'event')} stretch>
        <Autosuggest
          value={step.event}
          options={subscribedEvents.map((value) => ({ value, description: 'An endpoint subscribes to it' }))}
          enteredTextLabel={(value) => `Fire ${value}`}
          placeholder="campaign.kickoff"
          onChange={({ detail }) => onChange({ ...step, event: detail.value })}
          expandToViewport
        />
      </FormField>
      <FormField
        label="Payload"
        description="A JSON object, or empty."
        constraintText={placeholderHelp}
        errorText={faultAt(faults, index, 'payload')}
        warningText={faultAt(warnings, index, 'payload')}
        stretch
      >
        <Textarea
          value={step.payload}
          rows={4}
          spellcheck={false}
          placeholder={'{ "campaign": "{{input.campaign}}" }'}
          onChange={({ detail }) => onChange({ ...step, payload: detail.value })}
        />
      </FormField>
    </SpaceBetween>
  );
}
