/** A problem that the user can fix. Only its message is shown, which says first what is wrong and then what to do. */
export class McpProblem extends Error {
  override readonly name = 'McpProblem';
}
