import type { ApiDocument } from './load-document';
import { operationsIn } from './operations';
import type { ExplainedError } from './take-errors';

/** Finds the address within the page for an id; undefined for one that is none, or is an address already. */
export type FindAddress = (id: string) => string | undefined;

/**
 * Where Redoc shows an error code or an operation. Problems link to `#<code>`, and older links to `#<operationId>`, and
 * both stay valid whatever renders the page.
 */
export function currentAddress(
  document: ApiDocument,
  errors: readonly ExplainedError[],
  id: string,
): string | undefined {
  if (errors.some(({ code }) => code === id)) return `tag/Errors/${id}`;
  const found = [...operationsIn(document.paths), ...operationsIn(document.webhooks)].find(
    ({ operation }) => operation.operationId === id,
  );
  const [tag] = found?.operation.tags ?? [];
  return tag === undefined ? undefined : `tag/${tag}/operation/${id}`;
}

/** What addresses within the page consist of. Redoc would fail on others, such as half an escape or a backslash. */
const wellFormed = /^#[\w/.-]*$/;

/** Translates the address with which the page was opened, and those of links that are followed later. */
export function followAddresses(find: FindAddress): void {
  if (!wellFormed.test(location.hash)) history.replaceState(null, '', location.pathname);
  const translate = (show: (hash: string) => void) => {
    const address = find(location.hash.slice(1));
    if (address !== undefined) show(`#${address}`);
  };
  translate((hash) => history.replaceState(null, '', hash));
  // Unlike replaceState, this tells Redoc that the address has changed.
  addEventListener('hashchange', () => translate((hash) => location.replace(hash)));
}
