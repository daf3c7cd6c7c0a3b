/** A run as an answer shows it. */
export interface SeenRun {
  readonly id: number;
  readonly status: string;
}

/** What a caller asked for. */
export type Asked =
  | { readonly operation: 'trigger'; readonly key?: string | undefined }
  | { readonly operation: 'rerun'; readonly run: number; readonly key?: string | undefined }
  | { readonly operation: 'cancel'; readonly run: number }
  | { readonly operation: 'usage' }
  /** `before` is the number of the last run on the page before this one; absent for the first page. */
  | { readonly operation: 'list'; readonly wanted?: string | undefined; readonly before?: number | undefined };

/** The parts of an answer that the specification judges. */
export interface Answered {
  readonly status: number;
  /** Of a refusal. */
  readonly code?: string;
  /** The run that was accepted or cancelled. */
  readonly run?: SeenRun;
  /** The answer repeats what an earlier request with the same key made. */
  readonly replayed?: boolean;
  readonly day?: string;
  readonly used?: number;
  readonly runs?: readonly SeenRun[];
  readonly has_more?: boolean;
}

/** One request as its caller saw it. If it took effect, it did so at a moment between `call_us` and `return_us`. */
export interface Operation {
  readonly tenant: string;
  readonly client: string;
  readonly asked: Asked;
  /** Microseconds on one monotonic clock. */
  readonly call_us: number;
  /** When the answer was complete, or when the connection broke. */
  readonly return_us: number;
  /** Null if no answer came: nobody knows whether the request took effect, nor when it does. */
  readonly answered: Answered | null;
}

/** A line of JSON for each operation. */
export function asJsonLines(operations: readonly Operation[]): string {
  return operations.map((operation) => `${JSON.stringify(operation)}\n`).join('');
}
