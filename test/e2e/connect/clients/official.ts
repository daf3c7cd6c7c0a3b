import * as modern from '@modelcontextprotocol/client';
import { hasClients, loadClient } from '../../mcp/installed';

export const redirectUri = 'http://127.0.0.1:43210/callback';

/** What the official clients ask of a program that uses them: to keep what they got, and to open the browser. */
export class MemoryProvider {
  #client: any;
  #tokens: any;
  #verifier = '';
  #discovered: any;
  opened: URL | undefined;
  get redirectUrl() {
    return redirectUri;
  }
  get clientMetadata() {
    return { client_name: 'Spring Promo Bot', redirect_uris: [redirectUri] };
  }
  clientInformation = () => this.#client;
  saveClientInformation = (client: unknown) => void (this.#client = client);
  tokens = () => this.#tokens;
  saveTokens = (tokens: unknown) => void (this.#tokens = tokens);
  redirectToAuthorization = (url: URL) => void (this.opened = url);
  saveCodeVerifier = (verifier: string) => void (this.#verifier = verifier);
  codeVerifier = () => this.#verifier;
  saveDiscoveryState = (state: unknown) => void (this.#discovered = state);
  discoveryState = () => this.#discovered;
}

type Open = (url: URL, provider: MemoryProvider) => { transport: any; client: any };

/** Both generations of the official client. The older one only if it is installed. */
export const officialClients: readonly [what: string, open: Open][] = [
  [
    'the client of revision 2026-07-28',
    (url, authProvider) => ({
      transport: new modern.StreamableHTTPClientTransport(url, { authProvider }),
      client: new modern.Client({ name: 'connect', version: '1' }),
    }),
  ],
  ...(hasClients ? [olderClient()] : []),
];

function olderClient(): [what: string, open: Open] {
  const { Client, StreamableHTTPClientTransport } = loadClient();
  return [
    'the client of revision 2025-11-25',
    (url, authProvider) => ({
      transport: new StreamableHTTPClientTransport(url, { authProvider }),
      client: new Client({ name: 'connect', version: '1' }),
    }),
  ];
}
