/** The error with which a task or an execution fails. Retriers match on its name. */
export class StatesFailure extends Error {
  constructor(
    override readonly name: string,
    override readonly message: string,
  ) {
    super(message);
  }
}
