import type { ApiDocument } from './load-document';

type Paths = NonNullable<ApiDocument['paths']>;
export type Operation = NonNullable<Paths[string]['get']>;

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

export interface PlacedOperation {
  readonly method: (typeof methods)[number];
  readonly path: string;
  readonly operation: Operation;
}

export function operationsIn(paths: Paths = {}): readonly PlacedOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ method, path, operation }];
    }),
  );
}

/** A copy of the paths in which each operation is replaced. */
export function mapOperations(paths: Paths = {}, replace: (placed: PlacedOperation) => Operation): Paths {
  const replaced = { ...paths };
  for (const placed of operationsIn(paths))
    replaced[placed.path] = { ...replaced[placed.path], [placed.method]: replace(placed) };
  return replaced;
}
