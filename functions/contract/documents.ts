/**
 * Descriptions of the REST API that are files in the deployed stack: they are the same for everybody, so the
 * distribution serves them compressed from its cache. The build writes them (bin/documents.ts). They need no token, and a
 * request for one must not reach a function.
 */
export const documents = [
  { id: 'OpenApi', path: '/api/v1/openapi.json', contentType: 'application/json' },
  { id: 'Reference', path: '/api/v1/reference', contentType: 'text/html; charset=utf-8' },
  { id: 'ReferenceScript', path: '/api/v1/reference.js', contentType: 'text/javascript; charset=utf-8' },
] as const;

/** Browsers and the distribution keep a document for five minutes, so the one of an earlier release is gone by then. */
export const documentCacheControl = 'public, max-age=300';

/**
 * The reference page runs one script, of its own origin, which fetches openapi.json. Redoc writes its styles into the page,
 * and makes the worker that searches from a text in its script.
 */
export const documentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'unsafe-inline'",
  "connect-src 'self'",
  "img-src 'self' data:",
  'worker-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
