import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { faultOfField, faultsOfField } from '../api/field-faults';
import type { EndpointDraft } from './draft';
import { HeadersField } from './headers-field';

/** The members of the body whose fields are in the section. */
export const moreFields = ['max_per_second', 'body', 'headers'] as const;

interface MoreFieldsProps {
  readonly draft: EndpointDraft;
  readonly set: (change: Partial<EndpointDraft>) => void;
  readonly error: unknown;
  /** What is wrong with the rows of headers that could not be sent. */
  readonly unsendable: ReadonlyMap<number, string>;
}

/** The fields that few endpoints need, in a section that is closed until the person or a fault opens it. */
export function MoreFields({ draft, set, error, unsendable }: MoreFieldsProps) {
  const [isOpen, setIsOpen] = useState(false);
  const [openedFor, setOpenedFor] = useState<unknown>(null);
  const hasFault = unsendable.size > 0 || moreFields.some((field) => faultOfField(error, field) !== '');
  const cause = unsendable.size > 0 ? 'unsendable' : error;
  // Opened once for each refusal, so that the person can close it again.
  if (hasFault && openedFor !== cause) {
    setOpenedFor(cause);
    setIsOpen(true);
  }
  return (
    <ExpandableSection
      headerText="Rate, body and headers"
      expanded={isOpen}
      onChange={({ detail }) => setIsOpen(detail.expanded)}
    >
      <SpaceBetween size="m">
        <FormField
          label="Attempts a second"
          constraintText="A whole number from 1 to 50. What is more waits for its turn."
          errorText={faultOfField(error, 'max_per_second')}
        >
          <Input
            value={draft.perSecond}
            type="number"
            inputMode="numeric"
            onChange={({ detail }) => set({ perSecond: detail.value })}
          />
        </FormField>
        <FormField label="Body" errorText={faultOfField(error, 'body')}>
          <RadioGroup
            value={draft.body}
            onChange={({ detail }) => set({ body: detail.value === 'payload' ? 'payload' : 'envelope' })}
            items={[
              { value: 'envelope', label: 'Envelope', description: 'The default: type, timestamp, data and run.' },
              {
                value: 'payload',
                label: 'Payload',
                description: 'Only the payload from the recipe, for receivers such as Slack.',
              },
            ]}
          />
        </FormField>
        <Headers draft={draft} set={set} error={error} unsendable={unsendable} />
      </SpaceBetween>
    </ExpandableSection>
  );
}

function Headers({ draft: { headers }, set, error, unsendable }: MoreFieldsProps) {
  const faults = faultsOfField(error, 'headers');
  const rowFaults = new Map(unsendable);
  const others: string[] = [];
  for (const { part, text } of faults) {
    // The API stores names in lower case, and names them so.
    const row = headers.findIndex(([name]) => name.trim().toLowerCase() === part?.toLowerCase());
    if (row === -1) others.push(part === undefined ? text : `${part}: ${text}`);
    else rowFaults.set(row, [rowFaults.get(row), text].filter(Boolean).join(' '));
  }
  return (
    <HeadersField
      headers={headers}
      onChange={(changed) => set({ headers: changed })}
      fault={others.join(' ')}
      rowFaults={rowFaults}
    />
  );
}
