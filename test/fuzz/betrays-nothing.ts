/** Stack traces, file names, terms of AWS and internal names of the product. */
const internals =
  /\n\s+at |\.[cm]?[jt]s:\d+|node_modules|node:internal|(?:Type|Reference|Range|Syntax)Error|ValidationException|ConditionalCheck|DynamoDB|arn:aws|\bpk\b|T#/;

/**
 * True if a refusal reveals no internals. It may quote the request, so fuzzed requests contain none of these words but
 * `T#`.
 */
export function revealsNothing(text: string): boolean {
  return !internals.test(text.replaceAll('T#other#RUN', ''));
}
