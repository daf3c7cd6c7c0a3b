export type Fields = Readonly<Record<string, unknown>>;

/** The fields of whatever a command was given; of anything that has none, no fields. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
