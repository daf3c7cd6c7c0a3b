/** A grant that no recorded call needs, and why the role has it nevertheless. */
interface Argued {
  readonly action: string;
  readonly on?: string;
  readonly function?: string;
  readonly why: string;
}

export const argued: readonly Argued[] = [];
