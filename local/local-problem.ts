/**
 * A problem that the person at the terminal can fix. Only the message is shown, without a stack trace, so it should
 * first say what is wrong and then what to do.
 */
export class LocalProblem extends Error {
  override readonly name = 'LocalProblem';
}
