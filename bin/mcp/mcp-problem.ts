/** What the user can put right: shown as its message alone. Says what is wrong, then what to do. */
export class McpProblem extends Error {
  override readonly name = 'McpProblem';
}
