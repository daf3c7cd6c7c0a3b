/** The error that Lambda returns for a failed call. State machines match on `errorType`, the name of the error. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

export type InvocationResult =
  { readonly ok: true; readonly payload: unknown } | { readonly ok: false; readonly error: FunctionError };

/** Calls a function. The promise never rejects: a failure of the function is a result. */
export type InvokeFunction = (event: unknown) => Promise<InvocationResult>;
