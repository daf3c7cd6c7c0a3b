import { InvalidClient } from 'oidc-provider/lib/helpers/errors.js';
import { fetchDocument, type FetchDeps, type FetchLimits } from '../guard/fetch-document';
import { libraryClient, readClientMetadata } from './client-metadata';

/** The draft recommends to read at most 5 KB; a few clients list many addresses. */
export const documentLimits: FetchLimits = { totalMs: 5_000, maxBytes: 16 * 1024 };

/** So many documents does one function instance fetch in a minute, whoever names them. */
export const maxFetchesPerMinute = 60;

/**
 * Fetches the metadata documents that clients name as their ids, on behalf of the library, which then judges them:
 * https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document/
 *
 * The library never gets more of a document than its client id, name and redirect addresses, so that a document cannot
 * make it fetch anything else.
 */
export function clientDocuments(deps: FetchDeps & { readonly now: () => Date }) {
  const begun: number[] = [];

  function takeTurn(): void {
    const nowMs = deps.now().getTime();
    while (begun[0] !== undefined && Math.abs(nowMs - begun[0]) >= 60_000) begun.shift();
    if (begun.length >= maxFetchesPerMinute)
      throw new InvalidClient('too many client documents are fetched at this moment; try again in a minute');
    begun.push(nowMs);
  }

  return async (url: string): Promise<Response> => {
    takeTurn();
    const { status, headers, body } = await fetchDocument(deps, url);
    if (status !== 200) return new Response(null, { status: status >= 200 && status <= 599 ? status : 502 });
    const said: unknown = JSON.parse(body.toString());
    const clientId = clientIdOf(said);
    return Response.json(libraryClient(clientId, readClientMetadata(said)), {
      headers: cachingOf(headers),
    });
  };
}

/** The library compares it with the address that was asked for. */
function clientIdOf(said: unknown): string {
  const id: unknown = typeof said === 'object' && said !== null ? Reflect.get(said, 'client_id') : undefined;
  return typeof id === 'string' ? id : '';
}

function cachingOf(headers: Readonly<Record<string, string>>): Record<string, string> {
  const caching = headers['cache-control'];
  return caching === undefined ? {} : { 'cache-control': caching };
}
