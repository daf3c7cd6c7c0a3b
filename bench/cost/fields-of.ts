export type Fields = Readonly<Record<string, unknown>>;

/** The fields of a command's input. A value without fields has none. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
