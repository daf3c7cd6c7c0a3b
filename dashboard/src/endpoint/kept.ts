import type { Json } from '../../../functions/domain/json';
import type { Endpoint, Tagged } from '../api/routes';
import { isObject } from '../parts/json';
import { draftOf, type EndpointDraft, type Pair } from './draft';

/** What is kept of a draft while the page is reloaded: of the headers the names, because their values are secrets. */
export function keptOf({ headers, firstEvents: _, ...draft }: EndpointDraft) {
  return { ...draft, headers: headers.map(([name, value]) => ({ name, isStored: value === null })) };
}

/** The draft that was kept. An earlier release of the page may have kept it. Values of headers have to be typed again. */
export function draftFromKept(
  kept: Json | undefined,
  stored: Tagged<Endpoint> | undefined,
  firstEvents: readonly string[],
): EndpointDraft | undefined {
  if (!isObject(kept) || !Array.isArray(kept['headers'])) return undefined;
  const base = stored && baseFrom(kept['base'], stored);
  const { url, events, description, body, perSecond } = draftOf(base);
  return {
    base,
    firstEvents,
    url: textOr(url, kept['url']),
    events: textsOr(events, kept['events']),
    description: textOr(description, kept['description']),
    body: kept['body'] === undefined ? body : bodyFrom(kept['body']),
    perSecond: textOr(perSecond, kept['perSecond']),
    headers: kept['headers'].flatMap((header): Pair[] => {
      if (!isObject(header) || typeof header['name'] !== 'string') return [];
      return [[header['name'], header['isStored'] === true ? null : '']];
    }),
  };
}

/** The endpoint that the draft began from, which others may have changed since. */
function baseFrom(kept: Json | undefined, stored: Tagged<Endpoint>): Tagged<Endpoint> {
  if (!isObject(kept)) return stored;
  const { url, events, description, body, max_per_second: perSecond, headers, etag } = kept;
  return {
    ...stored,
    url: textOr(stored.url, url),
    events: [...textsOr(stored.events, events)],
    description: typeof description === 'string' ? description : null,
    body: bodyFrom(body),
    max_per_second: typeof perSecond === 'number' ? perSecond : stored.max_per_second,
    headers: isObject(headers) ? Object.fromEntries(Object.keys(headers).map((name) => [name, null])) : stored.headers,
    ...(typeof etag === 'string' && { etag }),
  };
}

function bodyFrom(value: Json | undefined): 'envelope' | 'payload' {
  return value === 'payload' ? value : 'envelope';
}

function textOr(other: string, value: Json | undefined): string {
  return typeof value === 'string' ? value : other;
}

function textsOr(others: readonly string[], value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : others;
}
