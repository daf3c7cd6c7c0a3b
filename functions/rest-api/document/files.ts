import * as z from 'zod/mini';
import type { Operation } from './operation';

/**
 * The documents themselves as operations. No function answers them: the distribution serves them as files, which the build
 * writes (bin/documents.ts).
 */
export const documentOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/api/v1/openapi.json',
    operationId: 'getOpenApi',
    summary: 'This description, OpenAPI 3.1',
    access: 'public',
    replies: { 200: z.looseObject({ openapi: z.string() }) },
    errors: [],
  },
  {
    method: 'GET',
    path: '/api/v1/reference',
    operationId: 'getReference',
    summary: 'This reference as a page',
    access: 'public',
    mediaType: 'text/html',
    replies: { 200: z.string() },
    errors: [],
  },
];
