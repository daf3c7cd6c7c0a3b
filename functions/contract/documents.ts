/**
 * Descriptions of the REST API that are files in the deployed stack: they are the same for everybody, so the
 * distribution serves them compressed from its cache. The build makes them by calling the routes of the same paths. They
 * need no token, and a request for one must not reach a function.
 */
export const documents = [
  { id: 'OpenApi', path: '/api/v1/openapi.json', contentType: 'application/json' },
  { id: 'Reference', path: '/api/v1/reference', contentType: 'text/html; charset=utf-8' },
] as const;

/** Browsers and the distribution keep a document for five minutes, so the one of an earlier release is gone by then. */
export const documentCacheControl = 'public, max-age=300';

/** The reference page is without scripts and has its style in the page itself. */
export const documentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
