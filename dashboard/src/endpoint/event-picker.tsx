import Autosuggest, { type AutosuggestProps } from '@cloudscape-design/components/autosuggest';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TokenGroup from '@cloudscape-design/components/token-group';
import { useState } from 'react';
import type { SystemEvent } from '../../../functions/domain/endpoint/subscription';
import type { FieldFault } from '../api/field-faults';
import { useFiredEvents } from './use-fired-events';

interface EventPickerProps {
  readonly events: readonly string[];
  readonly onChange: (events: readonly string[]) => void;
  /** What is wrong with the list, or with the entry `part` of it. */
  readonly faults: readonly FieldFault[];
}

const systemEvents: Readonly<Record<SystemEvent, string>> = {
  'run.succeeded': 'A run succeeded',
  'run.failed': 'A run failed',
  'endpoint.disabled': 'An endpoint was disabled because its deliveries failed',
};

/** The events that an endpoint subscribes to. The user chooses known events or types others. */
export function EventPicker({ events, onChange, faults }: EventPickerProps) {
  const [text, setText] = useState('');
  const { fired, isLoading } = useFiredEvents();
  const add = (pattern: string) => {
    const trimmed = pattern.trim();
    if (trimmed !== '' && !events.includes(trimmed)) onChange([...events, trimmed]);
    setText('');
  };
  return (
    <FormField
      label="Events"
      description="One event such as campaign.kickoff, a prefix such as campaign.*, or * for every event that workflows fire."
      errorText={faults.map((fault) => inWords(fault, events)).join(' ')}
    >
      <SpaceBetween size="xs">
        <Autosuggest
          value={text}
          ariaLabel="Add an event"
          placeholder="Choose or type, then press Enter"
          enteredTextLabel={(value) => `Add ${value}`}
          options={optionsFor(fired, events)}
          statusType={isLoading ? 'loading' : 'finished'}
          loadingText="Loading the events that your workflows fire"
          onChange={({ detail }) => setText(detail.value)}
          onSelect={({ detail }) => add(detail.value)}
          onBlur={() => add(text)}
          expandToViewport
        />
        <TokenGroup
          items={events.map((label) => ({ label, dismissLabel: `Remove ${label}` }))}
          onDismiss={({ detail }) => onChange(events.toSpliced(detail.itemIndex, 1))}
          alignment="horizontal"
        />
      </SpaceBetween>
    </FormField>
  );
}

/** Names the event that is at fault, because several may be chosen. */
function inWords({ part, text }: FieldFault, events: readonly string[]): string {
  const event = part === undefined ? undefined : events[Number(part)];
  return event === undefined ? text : `${event}: ${text}`;
}

function optionsFor(fired: ReadonlyMap<string, string>, chosen: readonly string[]): AutosuggestProps.Options {
  const isLeft = ({ value }: { value: string }) => !chosen.includes(value);
  const prefixes = [...new Set([...fired.keys()].map((event) => event.replace(/\.[^.]+$/, '.*')))].filter((pattern) =>
    pattern.endsWith('.*'),
  );
  return [
    { label: 'Everything', options: [{ value: '*', description: 'Every event that workflows fire' }].filter(isLeft) },
    {
      label: 'Fired by your workflows',
      options: [
        ...[...fired].map(([value, workflow]) => ({ value, description: workflow })),
        ...prefixes.map((value) => ({ value, description: 'Every event with this prefix' })),
      ].filter(isLeft),
    },
    {
      label: 'System events, by exact name only',
      options: Object.entries(systemEvents)
        .map(([value, description]) => ({ value, description }))
        .filter(isLeft),
    },
  ].filter(({ options }) => options.length > 0);
}
