/** The reference to a schema with a name. */
export function refOf({ name }: { readonly name: string }): string {
  return `#/components/schemas/${name}`;
}
