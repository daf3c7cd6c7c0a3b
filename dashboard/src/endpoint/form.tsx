import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { problemOf } from '../api/api-error';
import type { Endpoint, EndpointWithSecret } from '../api/routes';
import { Dialog } from '../parts/dialog';
import { Refusal } from '../parts/refusal';
import { EventPicker } from './event-picker';
import { HeadersField } from './headers-field';
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
  const [headers, setHeaders] = useState(() => Object.entries(endpoint?.headers ?? {}));
  const { save, isSaving, error } = useSaveEndpoint(endpoint?.id, close, created);
  const faults = error === null ? [] : problemOf(error).errors;
  const faultsOf = (field: string) =>
    faults.filter(({ pointer }) => pointer.startsWith(`#/${field}`)).map(({ detail }) => detail);
  const isShownAtFields =
    faults.length > 0 && faults.every(({ pointer }) => /^#\/(url|events|description|headers)/.test(pointer));
  const send = () =>
    save({
      url: url.trim(),
      events: [...events],
      description: description.trim() || null,
      body,
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
        {error !== null && !isShownAtFields && <Refusal error={error} />}
        <FormField
          label="URL"
          constraintText="An https URL with a public host name, on port 443."
          errorText={faultsOf('url').join(' ')}
        >
          <Input
            value={url}
            type="url"
            placeholder="https://hooks.example.com/campaigns"
            onChange={({ detail }) => setUrl(detail.value)}
          />
        </FormField>
        <EventPicker events={events} onChange={setEvents} fault={faultsOf('events').join(' ')} />
        <FormField label="Description" errorText={faultsOf('description').join(' ')}>
          <Input value={description} placeholder="Optional" onChange={({ detail }) => setDescription(detail.value)} />
        </FormField>
        <ExpandableSection headerText="Body and headers">
          <SpaceBetween size="m">
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
            <HeadersField headers={headers} onChange={setHeaders} fault={faultsOf('headers').join(' ')} />
          </SpaceBetween>
        </ExpandableSection>
      </SpaceBetween>
    </Dialog>
  );
}
