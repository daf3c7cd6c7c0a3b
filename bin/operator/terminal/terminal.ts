/** Everything the command line touches of the process around it. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Width for help; undefined when nobody looks. */
  readonly columns: number | undefined;
  /** Standard input to its end. */
  readonly readInput: () => Promise<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
}
