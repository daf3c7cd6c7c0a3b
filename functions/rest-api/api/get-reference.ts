import * as z from 'zod/mini';
import type { PublicRoute, Route } from '../../edge/http/route';
import { referencePage } from './reference-page';

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
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        'cache-control': 'public, max-age=300',
      };
      return Promise.resolve({ status: 200, headers, body: html });
    },
  };
}
