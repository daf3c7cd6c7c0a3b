import { useState } from 'react';
import type { EndpointWrite } from '../../../functions/domain/endpoint/endpoint';
import type { EndpointWithSecret } from '../api/routes';
import { useAct } from '../api/use-api';
import { useNotices } from '../parts/notices';

/** Creates, or changes the one with `id`. What was typed when a key was last sent is what the key stands for. */
export function useSaveEndpoint(
  id: string | undefined,
  close: () => void,
  created: ((endpoint: EndpointWithSecret) => void) | undefined,
) {
  const { notify } = useNotices();
  const [intention, setIntention] = useState({ key: crypto.randomUUID(), of: '' });
  const create = useAct(
    (call, { body, key }: { body: EndpointWrite; key: string }) =>
      call('POST webhook-endpoints', { body, idempotencyKey: key }),
    ['webhook-endpoints'],
  );
  const change = useAct(
    (call, body: EndpointWrite) => call('PATCH webhook-endpoints/{id}', { id: id ?? '', body }),
    ['webhook-endpoints'],
  );

  const save = (body: EndpointWrite) => {
    if (create.isPending || change.isPending) return;
    if (id !== undefined) {
      const onSuccess = () => {
        close();
        notify({ type: 'success', content: 'The endpoint is changed.' });
      };
      change.mutate(body, { onSuccess });
      return;
    }
    const of = JSON.stringify(body);
    const key = of === intention.of ? intention.key : crypto.randomUUID();
    setIntention({ key, of });
    create.mutate(
      { body, key },
      {
        onSuccess: (endpoint) => {
          close();
          created?.(endpoint);
        },
      },
    );
  };
  return { save, isSaving: create.isPending || change.isPending, error: create.error ?? change.error };
}
