export interface Command {
  readonly constructor: { readonly name: string };
  readonly input: Record<string, any>;
}
