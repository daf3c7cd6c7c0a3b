import type { WhereOptions } from '../deployment/deployment';
import { openPlace } from '../deployment/open-deployment';
import type { OperatorProblem } from '../terminal/operator-problem';
import type { Terminal } from '../terminal/terminal';
import { openSession, type Session } from './session';

/** What a command answers: `json` for programs, `text` for people. */
export interface Answer {
  readonly json: unknown;
  readonly text: string;
  /** What makes the command fail although it has an answer. */
  readonly problem?: OperatorProblem;
}

export interface GlobalOptions extends WhereOptions {
  readonly json?: true | undefined;
}

/**
 * Turns the work of a command into its action: opens the place, works there, prints the answer. Work without an answer
 * has told what there was while it went on.
 */
export type Perform = <Args extends unknown[]>(
  work: (session: Session, ...args: Args) => Promise<Answer | undefined>,
) => (...args: Args) => Promise<void>;

export function performer(terminal: Terminal, options: () => GlobalOptions): Perform {
  return (work) =>
    async (...args) => {
      const { json = false, ...where } = options();
      const place = await openPlace(where, terminal.env);
      try {
        const answer = await work(openSession(place, terminal, json), ...args);
        if (answer === undefined) return;
        terminal.out(json ? `${JSON.stringify(answer.json, null, 2)}\n` : `${answer.text}\n`);
        if (answer.problem !== undefined) throw answer.problem;
      } catch (error) {
        throw place.explain(error) ?? error;
      } finally {
        place.close();
      }
    };
}
