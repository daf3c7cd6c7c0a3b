import type { EndpointWrite } from '../../../functions/domain/endpoint/endpoint';
import { ApiError } from '../api/api-error';
import type { Call } from '../api/call';
import type { Endpoint, EndpointWithSecret, Tagged } from '../api/routes';
import { useAct } from '../api/use-api';
import { useIdempotencyKeys } from '../api/use-idempotency-keys';
import { useNotices } from '../parts/notices';
import { draftOf, formOf, hasTypedValues, isSameForm, type EndpointDraft } from './draft';

/** Registers a webhook endpoint, or changes the one that the draft began from, and calls `done` when that succeeded. */
export function useSaveEndpoint(done: () => void, created: ((endpoint: EndpointWithSecret) => void) | undefined) {
  const { notify } = useNotices();
  const keyOf = useIdempotencyKeys();
  const create = useAct(
    (call, body: EndpointWrite) => call('POST webhook-endpoints', { body, idempotencyKey: keyOf(body) }),
    ['webhook-endpoints'],
  );
  const change = useAct(
    (call, { base, draft }: { base: Tagged<Endpoint>; draft: EndpointDraft }) => changeOver(call, base, draft),
    ['webhook-endpoints', 'audit-events'],
  );

  const save = (draft: EndpointDraft) => {
    const { base } = draft;
    if (base === undefined) {
      const onSuccess = (endpoint: EndpointWithSecret) => {
        done();
        created?.(endpoint);
      };
      const { headers, ...fields } = formOf(draft);
      // A header of a new endpoint has no value yet, so it is sent as empty, and the API says so.
      const values = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value ?? '']));
      create.mutate({ ...fields, headers: values }, { onSuccess });
      return;
    }
    const onSuccess = () => {
      done();
      notify({ type: 'success', content: 'The endpoint was saved.' });
    };
    change.mutate({ base, draft }, { onSuccess });
  };
  return { save, isSaving: create.isPending || change.isPending, error: create.error ?? change.error };
}

/**
 * Changes an endpoint if nobody else did since `base` was read.
 *
 * @throws ApiError `version_conflict` if somebody did. A Save whose answer was lost finds its own edit, which is no conflict.
 *   Neither is it one if the form shows nothing of what was changed, such as the status: saving leaves that as it is.
 */
async function changeOver(call: Call, base: Tagged<Endpoint>, draft: EndpointDraft): Promise<Endpoint> {
  const { id } = base;
  const change = (ifMatch: string | undefined) =>
    call('PATCH webhook-endpoints/{id}', { id, body: formOf(draft), ifMatch });
  try {
    return await change(base.etag);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'version_conflict') throw error;
    const current = await call('GET webhook-endpoints/{id}', { id });
    const isMine = isSameForm(draft, draftOf(current));
    if (isMine && !hasTypedValues(draft)) return current;
    // Values of headers cannot be compared. If all else is as it was typed, the values are written again.
    if (isMine || (!hasTypedValues(draft) && isSameForm(draftOf(base), draftOf(current)))) return change(current.etag);
    throw error;
  }
}
