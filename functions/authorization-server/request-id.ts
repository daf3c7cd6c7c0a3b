import { Provider } from 'oidc-provider/lib/provider.js';

/** The id of the request that the library is answering. */
export function requestId(): string {
  return Provider.ctx?.get('x-request-id') ?? '';
}
