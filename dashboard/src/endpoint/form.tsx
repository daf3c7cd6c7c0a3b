import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { areShownAtFields, faultOfField } from '../api/field-faults';
import type { Endpoint, EndpointWithSecret } from '../api/routes';
import { Dialog } from '../parts/dialog';
import { Refusal } from '../parts/refusal';
import { EventPicker } from './event-picker';
import { HeadersField, type Pair } from './headers-field';
import { useSaveEndpoint } from './use-save-endpoint';

interface EndpointFormProps {
  /** The endpoint to change. Absent to register a new one. */
  readonly endpoint?: Endpoint;
  /** Events that are selected when the form opens. */
  readonly events?: readonly string[];
  readonly close: () => void;
  readonly created?: (endpoint: EndpointWithSecret) => void;
}

/** The form that registers a webhook endpoint or changes one. */
export function EndpointForm({ endpoint, events: initialEvents = [], close, created }: EndpointFormProps) {
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [events, setEvents] = useState<readonly string[]>(endpoint?.events ?? initialEvents);
  const [description, setDescription] = useState(endpoint?.description ?? '');
  const [body, setBody] = useState(endpoint?.body ?? 'envelope');
  const [perSecond, setPerSecond] = useState(String(endpoint?.max_per_second ?? 10));
  const [headers, setHeaders] = useState<Pair[]>(() => Object.entries(endpoint?.headers ?? {}));
  const { save, isSaving, error } = useSaveEndpoint(endpoint?.id, close, created);
  const send = () =>
    save({
      url: url.trim(),
      events: [...events],
      description: description.trim() || null,
      body,
      // Anything else than a number is refused by the API, which says so at the field.
      max_per_second: Number(perSecond),
      headers: Object.fromEntries(headers.filter(([name]) => name.trim() !== '')),
    });

  return (
    <Dialog
      header={endpoint === undefined ? 'Register a webhook endpoint' : 'Edit the endpoint'}
      close={close}
      cancelText="Cancel"
      confirmText={endpoint === undefined ? 'Register' : 'Save'}
      confirm={send}
      isAtWork={isSaving}
    >
      <SpaceBetween size="m">
        {error !== null && !areShownAtFields(error, ['url', 'events', 'description', 'max_per_second', 'headers']) && (
          <Refusal error={error} />
        )}
        <FormField
          label="URL"
          constraintText="An https URL with a public host name, on port 443."
          errorText={faultOfField(error, 'url')}
        >
          <Input
            value={url}
            type="url"
            placeholder="https://hooks.example.com/campaigns"
            onChange={({ detail }) => setUrl(detail.value)}
          />
        </FormField>
        <EventPicker events={events} onChange={setEvents} fault={faultOfField(error, 'events')} />
        <FormField label="Description" errorText={faultOfField(error, 'description')}>
          <Input value={description} placeholder="Optional" onChange={({ detail }) => setDescription(detail.value)} />
        </FormField>
        <ExpandableSection headerText="Rate, body and headers">
          <SpaceBetween size="m">
            <FormField
              label="Attempts a second"
              constraintText="A whole number from 1 to 50. What is more waits for its turn."
              errorText={faultOfField(error, 'max_per_second')}
            >
              <Input
                value={perSecond}
                type="number"
                inputMode="numeric"
                onChange={({ detail }) => setPerSecond(detail.value)}
              />
            </FormField>
            <FormField label="Body">
              <RadioGroup
                value={body}
                onChange={({ detail }) => setBody(detail.value === 'payload' ? 'payload' : 'envelope')}
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
            <HeadersField headers={headers} onChange={setHeaders} fault={faultOfField(error, 'headers')} />
          </SpaceBetween>
        </ExpandableSection>
      </SpaceBetween>
    </Dialog>
  );
}
