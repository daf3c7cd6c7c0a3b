import { documentOperations } from '../../../functions/rest-api/document/files';
import { dereferenced } from './described';

/** An operation of openapi.json with its method and path. */
export interface Operation {
  readonly operationId: string;
  /** `GET`. */
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { readonly in: string; readonly name: string; readonly schema: object }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
}

/**
 * The operations that the function answers; the documents themselves are files.
 *
 * @param document openapi.json, whose references are replaced
 */
export function operationsOf(document: { readonly paths: object }): Operation[] {
  return Object.entries<any>(dereferenced(document).paths)
    .flatMap(([path, methods]) =>
      Object.entries<any>(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
    )
    .filter(({ operationId }) => documentOperations.every((file) => file.operationId !== operationId));
}
