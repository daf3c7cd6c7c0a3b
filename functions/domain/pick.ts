/**
 * The fields of `row` that `schema` names: what a view shows of a row as it is, so that the schema is the one place that
 * names them. The caller adds the fields that the view derives; it does not compile while one is missing.
 *
 * Values are not parsed again: a row is parsed when it is read.
 */
export function pick<Shape extends object, Row extends object>(
  schema: { readonly shape: Shape },
  row: Row,
): Pick<Row, keyof Row & keyof Shape> {
  const picked = { ...row };
  for (const name of Object.keys(picked)) if (!Object.hasOwn(schema.shape, name)) Reflect.deleteProperty(picked, name);
  return picked;
}
