import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useLayoutEffect, useState } from 'react';
import { problemOf } from '../api/api-error';
import { faultOfField, faultsOfField } from '../api/field-faults';
import type { Endpoint, EndpointWithSecret, Tagged } from '../api/routes';
import { Dialog } from '../parts/dialog';
import { KeptNotice } from '../parts/draft/kept-notice';
import { useSelected } from '../store';
import { useKeptStore } from '../parts/draft/use-kept-store';
import { FormFaults } from '../parts/form/form-faults';
import { EndpointConflict } from './conflict';
import { afterReading, draftOf, isChanged, type EndpointDraft } from './draft';
import { EventPicker } from './event-picker';
import { draftFromKept, keptOf } from './kept';
import { MoreFields, moreFields } from './more-fields';
import { unsendableHeaders } from './own-faults';
import { useSaveEndpoint } from './use-save-endpoint';

interface EndpointFormProps {
  /** The endpoint to change. Absent to register a new one. */
  readonly endpoint?: Tagged<Endpoint>;
  /** Events that are selected when the form opens. */
  readonly events?: readonly string[];
  readonly close: () => void;
  readonly created?: (endpoint: EndpointWithSecret) => void;
}

/** The form that registers a webhook endpoint or changes one. */
export function EndpointForm({ endpoint, events = [], close, created }: EndpointFormProps) {
  const { store, keptAtMs, discard, end } = useKeptStore(endpoint?.id ?? `new endpoint ${events.join(' ')}`, {
    begin: (left) => afterReading(draftFromKept(left, endpoint, events) ?? draftOf(endpoint, events), endpoint),
    isChanged,
    keptOf,
  });
  useLayoutEffect(() => store.set((state) => afterReading(state, endpoint)), [store, endpoint]);
  const draft = useSelected(store, (state) => state);
  const set = (change: Partial<EndpointDraft>) => store.set((state) => ({ ...state, ...change }));
  const saved = () => {
    end();
    close();
  };
  const { save, isSaving, error } = useSaveEndpoint(saved, created);
  const [tries, setTries] = useState(0);
  const unsendable = tries > 0 ? unsendableHeaders(draft.headers) : new Map<number, string>();
  const isConflict = error !== null && problemOf(error).code === 'version_conflict';

  const send = () => {
    setTries(tries + 1);
    if (unsendableHeaders(draft.headers).size === 0) save(draft);
  };
  return (
    <Dialog
      header={endpoint === undefined ? 'Register a webhook endpoint' : 'Edit the endpoint'}
      // Cancel and a reload keep what is typed. The form offers it back, and to discard it.
      close={close}
      thrownAway={end}
      cancelText="Cancel"
      confirmText={endpoint === undefined ? 'Register' : 'Save'}
      confirm={send}
      isAtWork={isSaving}
    >
      <FormFaults
        error={isConflict ? null : error}
        fields={['url', 'events', 'description', ...moreFields]}
        ownFaults={unsendable.size}
        tries={tries}
      >
        {keptAtMs !== undefined && (
          <KeptNotice atMs={keptAtMs} discard={() => discard(() => draftOf(endpoint, events))}>
            Values of headers are not kept; enter them again.
          </KeptNotice>
        )}
        {endpoint !== undefined && (
          <EndpointConflict store={store} draft={draft} stored={endpoint} isRefused={isConflict} />
        )}
        <FormField
          label="URL"
          constraintText="An https URL with a public host name, on port 443."
          errorText={faultOfField(error, 'url')}
        >
          <Input
            value={draft.url}
            type="url"
            placeholder="https://hooks.example.com/campaigns"
            onChange={({ detail }) => set({ url: detail.value })}
          />
        </FormField>
        <EventPicker
          events={draft.events}
          onChange={(chosen) => set({ events: chosen })}
          faults={faultsOfField(error, 'events', 'event')}
        />
        <FormField label="Description" errorText={faultOfField(error, 'description')}>
          <Input
            value={draft.description}
            placeholder="Optional"
            onChange={({ detail }) => set({ description: detail.value })}
          />
        </FormField>
        <MoreFields draft={draft} set={set} error={error} unsendable={unsendable} />
      </FormFaults>
    </Dialog>
  );
}
