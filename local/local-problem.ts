/**
 * Something the person at the terminal can put right: shown as its message alone, without a stack.
 * Say what is wrong, then what to do.
 */
export class LocalProblem extends Error {
  override readonly name = 'LocalProblem';
}
