import { InvalidClient } from 'oidc-provider/lib/helpers/errors.js';
import { expiringCache } from '../../edge/access/expiring-cache';
import { fetchDocument, type FetchDeps, type FetchedDocument } from '../../guard/fetch-document';
import { maxFetchesPerMinute, outcomeSeconds } from '../limits';
import { turnsPerMinute } from '../turns';
import { libraryClient, readClientMetadata, type ClientMetadata } from './client-metadata';

const keptOutcomes = 100;

type Outcome = { readonly client: object; readonly caching: string | undefined } | { readonly error: unknown };

export interface ClientDocumentDeps extends FetchDeps {
  /** What the document of a client said when a person last approved it. */
  readonly findApproved: (url: string) => Promise<ClientMetadata | undefined>;
  readonly now: () => Date;
}

/**
 * Fetches the metadata documents that clients name as their ids, on behalf of the library, which then judges them:
 * https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document/
 *
 * The library never gets more of a document than its client id, name and redirect addresses, so that a document cannot
 * make it fetch anything else. While a host does not answer, or strangers use up all fetches, what a host said of an approved client holds: an app that is told
 * that nobody knows it would throw its tokens away.
 */
export function clientDocuments(deps: ClientDocumentDeps): (url: string) => Promise<Response> {
  const kept = expiringCache<Outcome>({ maxAgeSeconds: outcomeSeconds, maxEntries: keptOutcomes }, deps.now);
  const takeTurn = turnsPerMinute(maxFetchesPerMinute, deps.now);

  async function fetchInTurn(url: string): Promise<FetchedDocument> {
    if (!takeTurn()) throw new Error('Too many client documents are fetched just now.');
    return fetchDocument(deps, url);
  }

  async function fetchOnce(url: string): Promise<Outcome> {
    try {
      const fetched = await fetchInTurn(url).catch((error: unknown) => ({ error }));
      if ('error' in fetched || fetched.status >= 500) return await approvedBefore(url, fetched);
      const { status, headers, body } = fetched;
      if (status !== 200) throw new InvalidClient(`the client metadata document was answered with ${status}`);
      const said: unknown = JSON.parse(body.toString());
      return { client: libraryClient(clientIdOf(said), readClientMetadata(said)), caching: headers['cache-control'] };
    } catch (error) {
      return { error };
    }
  }

  async function approvedBefore(url: string, cause: unknown): Promise<Outcome> {
    const metadata = await deps.findApproved(url);
    if (metadata === undefined)
      throw new InvalidClient('the client metadata document could not be fetched; try again in a minute', { cause });
    return { client: libraryClient(url, metadata), caching: undefined };
  }

  return async (url) => {
    const outcome = await kept(url, () => fetchOnce(url));
    if (outcome === undefined) throw new InvalidClient('the client metadata document could not be read');
    if ('error' in outcome) throw outcome.error;
    const { client, caching } = outcome;
    return Response.json(client, caching === undefined ? {} : { headers: { 'cache-control': caching } });
  };
}

/** The library compares it with the address that was asked for. */
function clientIdOf(said: unknown): string {
  const id: unknown = typeof said === 'object' && said !== null ? Reflect.get(said, 'client_id') : undefined;
  return typeof id === 'string' ? id : '';
}
