import * as z from 'zod/mini';
import { documentCacheControl } from '../../contract/documents';
import type { PublicRoute, Route } from '../../edge/http/route';
import { openApiDocument } from './openapi';

/**
 * The document is generated from the routes when it is first requested. In AWS that is during the build, which writes
 * the answer to a file (functions/contract/documents.ts).
 */
export function getOpenApi(routes: () => readonly Route[]): PublicRoute {
  let text: string | undefined;
  return {
    method: 'GET',
    path: '/api/v1/openapi.json',
    operationId: 'getOpenApi',
    summary: 'This description, OpenAPI 3.1',
    access: 'public',
    replies: { 200: z.looseObject({ openapi: z.string() }) },
    errors: [],
    act: () => {
      text ??= JSON.stringify(openApiDocument(routes()));
      return Promise.resolve({ status: 200, headers: { 'cache-control': documentCacheControl }, body: text });
    },
  };
}
