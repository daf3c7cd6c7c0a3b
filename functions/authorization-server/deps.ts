import type { Provider } from 'oidc-provider';
import type { AuthorizationServerStores } from '../aws/open-stores';
import type { RecordChange } from '../domain/tenant/record-change';
import type { HttpChainDeps } from '../edge/http-chain';
import type { FetchDeps } from '../guard/fetch-document';

/** The dependencies of the authorization server. */
export interface AuthorizationServerDeps
  extends AuthorizationServerStores, Omit<HttpChainDeps, keyof AuthorizationServerStores> {
  readonly record: RecordChange;
  readonly newUlid: () => string;
  /** The issuer. The MCP server is at `/mcp` of it. */
  readonly origin: string;
  readonly guard: FetchDeps;
}

/** What the library needs to remember and to judge. */
export interface LibraryDeps extends AuthorizationServerDeps {
  /** The address of the MCP server, which is all that a token opens. */
  readonly resource: string;
  /** The key that seals the ids of registered clients. */
  readonly clientKey: Buffer;
  readonly fetchClientDocument: (url: string) => Promise<Response>;
}

/** The dependencies of the routes that the page calls. */
export interface PageDeps extends AuthorizationServerDeps {
  readonly provider: () => Promise<Provider>;
}
