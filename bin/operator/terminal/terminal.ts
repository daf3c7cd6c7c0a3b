/** Everything that the command line uses of the process around it. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Width of help texts; undefined if the output is not a terminal. */
  readonly columns: number | undefined;
  /** Reads standard input to its end. */
  readonly readInput: () => Promise<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
}
