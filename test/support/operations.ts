/** An operation of openapi.json with its method and path. */
export interface Operation {
  readonly operationId: string;
  /** `GET`. */
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { readonly in: string; readonly name: string; readonly schema: object }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
}

export function operationsOf(document: { readonly paths: object }): Operation[] {
  return Object.entries<any>(document.paths).flatMap(([path, methods]) =>
    Object.entries<any>(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
}
