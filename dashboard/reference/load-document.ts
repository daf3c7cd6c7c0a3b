import type { AppStore } from 'redoc';

/** An OpenAPI document, as Redoc takes it. */
export type ApiDocument = ConstructorParameters<typeof AppStore>[0];

/** Fetches openapi.json, which the page has begun to load already. */
export async function loadDocument(): Promise<ApiDocument> {
  const response = await fetch('/api/v1/openapi.json');
  if (!response.ok) throw new Error(`openapi.json: the server answered ${response.status}`);
  // Page and document are deployed together, so the document is not validated again.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- the only place where JSON becomes a type
  return response.json();
}
