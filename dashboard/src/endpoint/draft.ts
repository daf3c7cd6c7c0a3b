import type { EndpointPatch, EndpointWrite } from '../../../functions/domain/endpoint/endpoint';
import type { Json } from '../../../functions/domain/json';
import { isSameRevision } from '../api/revision';
import type { Endpoint, Tagged } from '../api/routes';
import { isSameJson } from '../parts/json';

/** A header's name and value. A value that is null is stored and stays as it is; it is never shown. */
export type Pair = [name: string, value: string | null];

/** What the form sends; the value of a header is null if it stays as it is stored. */
export type Form = Omit<EndpointWrite, 'headers'> & { readonly headers: NonNullable<EndpointPatch['headers']> };

/** What is typed into the form of an endpoint, and what it began from. */
export interface EndpointDraft {
  /** Undefined for a new endpoint. It stays what it was when others change the endpoint meanwhile. */
  readonly base: Tagged<Endpoint> | undefined;
  /** The events that the form of a new endpoint began with. */
  readonly firstEvents: readonly string[];
  readonly url: string;
  readonly events: readonly string[];
  readonly description: string;
  readonly body: 'envelope' | 'payload';
  readonly perSecond: string;
  readonly headers: readonly Pair[];
}

export function draftOf(base: Tagged<Endpoint> | undefined, firstEvents: readonly string[] = []): EndpointDraft {
  return {
    base,
    firstEvents,
    url: base?.url ?? '',
    events: base?.events ?? firstEvents,
    description: base?.description ?? '',
    body: base?.body ?? 'envelope',
    perSecond: String(base?.max_per_second ?? 10),
    headers: Object.entries(base?.headers ?? {}),
  };
}

export function formOf({ url, events, description, body, perSecond, headers }: EndpointDraft): Form {
  return {
    url: url.trim(),
    events: [...events],
    description: description.trim() || null,
    body,
    // Anything else than a number is refused by the API, which says so at the field.
    max_per_second: perSecond.trim() === '' ? Number.NaN : Number(perSecond),
    headers: Object.fromEntries(headers.filter((pair) => !isEmpty(pair)).map(([name, value]) => [name.trim(), value])),
  };
}

/** A row that was added and not filled in. */
export function isEmpty([name, value]: Pair): boolean {
  return name.trim() === '' && (value ?? '') === '';
}

export function isChanged(draft: EndpointDraft): boolean {
  return hasTypedValues(draft) || !isSameForm(draft, draftOf(draft.base, draft.firstEvents));
}

/**
 * The draft after the endpoint was read again. If nothing of the person's and nothing of others' could be lost, it goes on
 * from what is stored now; otherwise it stays as it is, and the person decides. Whether others changed the value of a
 * header cannot be seen, so a value that was typed is never taken for theirs.
 */
export function afterReading(draft: EndpointDraft, stored: Tagged<Endpoint> | undefined): EndpointDraft {
  if (isSameRevision(draft.base?.etag, stored?.etag)) return draft;
  if (!isChanged(draft)) return draftOf(stored);
  if (hasTypedValues(draft)) return draft;
  const isNothingLost = isSameForm(draft, draftOf(stored)) || isSameForm(draftOf(draft.base), draftOf(stored));
  return isNothingLost ? { ...draft, base: stored } : draft;
}

/** Whether both show the same in every field. The values of headers are not compared. */
export function isSameForm(one: EndpointDraft, other: EndpointDraft): boolean {
  return isSameJson(shown(one), shown(other));
}

/** What people can compare of two drafts. */
export function shown(draft: EndpointDraft): Json {
  const { url, events, description = null, body, max_per_second: perSecond, headers } = formOf(draft);
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  return {
    url,
    events,
    description,
    body: body ?? 'envelope',
    attempts_a_second: String(perSecond),
    headers: names.sort(),
  };
}

/** True if a value was typed for a header. */
export function hasTypedValues({ headers }: EndpointDraft): boolean {
  return headers.some(([, value]) => value !== null && value !== '');
}
