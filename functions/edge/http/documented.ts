/** Hand-written JSON Schemas for zod schemas whose generated one would lose information, such as limits in bytes. */
const documents = new WeakMap<object, Readonly<Record<string, unknown>>>();

export function documented<S extends object>(schema: S, jsonSchema: Readonly<Record<string, unknown>>): S {
  documents.set(schema, jsonSchema);
  return schema;
}

export function documentOf(schema: object): Readonly<Record<string, unknown>> | undefined {
  return documents.get(schema);
}
