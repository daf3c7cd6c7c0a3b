import Autosuggest, { type AutosuggestProps } from '@cloudscape-design/components/autosuggest';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TokenGroup from '@cloudscape-design/components/token-group';
import { useState } from 'react';
import type { SystemEvent } from '../../../functions/domain/endpoint/subscription';
import { useFiredEvents } from './use-fired-events';

interface EventPickerProps {
  readonly events: readonly string[];
  readonly onChange: (events: readonly string[]) => void;
  readonly fault: string;
}

const systemEvents: Readonly<Record<SystemEvent, string>> = {
  'run.succeeded': 'A run ended well',
  'run.failed': 'A run ended badly',
  'endpoint.disabled': 'An endpoint was switched off by its failures',
};

/** What an endpoint subscribes to: known events to choose from, or any other typed in. */
export function EventPicker({ events, onChange, fault }: EventPickerProps) {
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
      description="An event such as campaign.kickoff, all that begin alike such as campaign.*, or * for all that workflows fire."
      errorText={fault}
    >
      <SpaceBetween size="xs">
        <Autosuggest
          value={text}
          ariaLabel="Add an event"
          placeholder="Choose or type, then press Enter"
          enteredTextLabel={(value) => `Add ${value}`}
          options={optionsFor(fired, events)}
          statusType={isLoading ? 'loading' : 'finished'}
          loadingText="Looking at what your workflows fire"
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

function optionsFor(fired: ReadonlyMap<string, string>, chosen: readonly string[]): AutosuggestProps.Options {
  const left = ({ value }: { value: string }) => !chosen.includes(value);
  const prefixes = [...new Set([...fired.keys()].map((event) => event.replace(/\.[^.]+$/, '.*')))].filter((pattern) =>
    pattern.endsWith('.*'),
  );
  return [
    { label: 'Everything', options: [{ value: '*', description: 'Every event that workflows fire' }].filter(left) },
    {
      label: 'Fired by your workflows',
      options: [
        ...[...fired].map(([value, workflow]) => ({ value, description: workflow })),
        ...prefixes.map((value) => ({ value, description: 'All that begin like this' })),
      ].filter(left),
    },
    {
      label: 'Told by the product, by exact name only',
      options: Object.entries(systemEvents)
        .map(([value, description]) => ({ value, description }))
        .filter(left),
    },
  ].filter(({ options }) => options.length > 0);
}
