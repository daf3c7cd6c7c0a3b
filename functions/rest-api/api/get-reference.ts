import * as z from 'zod/mini';
import { documentCacheControl, documentSecurityPolicy } from '../../contract/documents';
import type { PublicRoute, Route } from '../../edge/http/route';
import { referencePage } from './reference-page';

/** As with openapi.json, the build writes the answer to a file. */
export function getReference(routes: () => readonly Route[]): PublicRoute {
  let html: string | undefined;
  return {
    method: 'GET',
    path: '/api/v1/reference',
    operationId: 'getReference',
    summary: 'This reference as a page',
    access: 'public',
    mediaType: 'text/html',
    replies: { 200: z.string() },
    errors: [],
    act: () => {
      html ??= referencePage(routes());
      const headers = {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': documentSecurityPolicy,
        'cache-control': documentCacheControl,
      };
      return Promise.resolve({ status: 200, headers, body: html });
    },
  };
}
