import type { EndpointWrite } from '../../../functions/domain/endpoint/endpoint';
import type { EndpointWithSecret } from '../api/routes';
import { useAct } from '../api/use-api';
import { useIdempotencyKeys } from '../api/use-idempotency-keys';
import { useNotices } from '../parts/notices';

/** Registers a webhook endpoint, or changes the one with `id`, and closes the form when that succeeded. */
export function useSaveEndpoint(
  id: string | undefined,
  close: () => void,
  created: ((endpoint: EndpointWithSecret) => void) | undefined,
) {
  const { notify } = useNotices();
  const keyOf = useIdempotencyKeys();
  const create = useAct(
    (call, body: EndpointWrite) => call('POST webhook-endpoints', { body, idempotencyKey: keyOf(body) }),
    ['webhook-endpoints'],
  );
  const change = useAct(
    (call, body: EndpointWrite) => call('PATCH webhook-endpoints/{id}', { id: id ?? '', body }),
    ['webhook-endpoints'],
  );

  const save = (body: EndpointWrite) => {
    if (id === undefined) {
      const onSuccess = (endpoint: EndpointWithSecret) => {
        close();
        created?.(endpoint);
      };
      create.mutate(body, { onSuccess });
      return;
    }
    const onSuccess = () => {
      close();
      notify({ type: 'success', content: 'The endpoint was saved.' });
    };
    change.mutate(body, { onSuccess });
  };
  return { save, isSaving: create.isPending || change.isPending, error: create.error ?? change.error };
}
