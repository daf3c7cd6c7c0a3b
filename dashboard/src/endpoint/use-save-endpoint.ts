import type { EndpointPatch, EndpointWrite } from '../../../functions/domain/endpoint/endpoint';
import type { EndpointWithSecret } from '../api/routes';
import { useAct } from '../api/use-api';
import { useIdempotencyKeys } from '../api/use-idempotency-keys';
import { useNotices } from '../parts/notices';

/** What the form sends; the value of a header is null if it stays as it is stored. */
type Form = Omit<EndpointWrite, 'headers'> & { readonly headers: NonNullable<EndpointPatch['headers']> };

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
    (call, body: EndpointPatch) => call('PATCH webhook-endpoints/{id}', { id: id ?? '', body }),
    ['webhook-endpoints'],
  );

  const save = ({ headers, ...fields }: Form) => {
    if (id === undefined) {
      const onSuccess = (endpoint: EndpointWithSecret) => {
        close();
        created?.(endpoint);
      };
      // A header of a new endpoint has no value yet, so it is sent as empty, and the API says so.
      const values = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value ?? '']));
      create.mutate({ ...fields, headers: values }, { onSuccess });
      return;
    }
    const onSuccess = () => {
      close();
      notify({ type: 'success', content: 'The endpoint was saved.' });
    };
    change.mutate({ ...fields, headers }, { onSuccess });
  };
  return { save, isSaving: create.isPending || change.isPending, error: create.error ?? change.error };
}
