/** How Lambda tells of a failure: `errorType` is the error's name, which state machines match on. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

export type InvocationResult =
  { readonly ok: true; readonly payload: unknown } | { readonly ok: false; readonly error: FunctionError };

/** Never rejects: a failing function is an answer. */
export type InvokeFunction = (event: unknown) => Promise<InvocationResult>;
