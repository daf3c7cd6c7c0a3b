/** Stacks, file names, AWS's own words and names of ours that are nobody's business. */
const internals =
  /\n\s+at |\.[cm]?[jt]s:\d+|node_modules|node:internal|(?:Type|Reference|Range|Syntax)Error|ValidationException|ConditionalCheck|DynamoDB|arn:aws|\bpk\b|T#/;

/** Whether a refusal says nothing of how we are made. What the caller sent may be quoted, so callers send none of these words but `T#`. */
export function betraysNothing(text: string): boolean {
  return !internals.test(text.replaceAll('T#other#RUN', ''));
}
