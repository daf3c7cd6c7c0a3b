import type { DeploymentOptions } from '../deployment/deployment';
import { openDeployment } from '../deployment/open-deployment';
import type { OperatorProblem } from '../terminal/operator-problem';
import { printableJson } from '../terminal/printable';
import type { Terminal } from '../terminal/terminal';
import { openSession, type Session } from './session';

/** What a command prints: `json` for programs, `text` for people. */
export interface Answer {
  readonly json: unknown;
  readonly text: string;
  /** Makes the command fail after its answer is printed. */
  readonly problem?: OperatorProblem;
}

export interface GlobalOptions extends DeploymentOptions {
  readonly json?: true | undefined;
}

/** The body of a command. It returns undefined if it has printed its output while it ran. */
type OperatorCommand<Args extends unknown[]> = (session: Session, ...args: Args) => Promise<Answer | undefined>;

/**
 * Turns the body of a command into an action for commander, which opens the deployment, runs the body, prints its answer
 * and closes the deployment.
 */
export type RunCommand = <Args extends unknown[]>(command: OperatorCommand<Args>) => (...args: Args) => Promise<void>;

export function commandRunner(terminal: Terminal, options: () => GlobalOptions): RunCommand {
  return (command) =>
    async (...args) => {
      const { json = false, ...deploymentOptions } = options();
      const deployment = await openDeployment(deploymentOptions, terminal.env);
      try {
        const answer = await command(openSession(deployment, terminal, json), ...args);
        if (answer === undefined) return;
        terminal.out(json ? `${printableJson(answer.json, 2)}\n` : `${answer.text}\n`);
        if (answer.problem !== undefined) throw answer.problem;
      } catch (error) {
        throw deployment.explain(error) ?? error;
      } finally {
        deployment.close();
      }
    };
}
