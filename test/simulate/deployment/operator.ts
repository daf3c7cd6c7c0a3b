import { Command } from '@commander-js/extra-typings';
import { openSession } from '../../../bin/operator/command/session';
import type { RunCommand } from '../../../bin/operator/command/run-command';
import { addCaps } from '../../../bin/operator/tenant/caps';
import { addLimits } from '../../../bin/operator/tenant/limits';
import { addMembers } from '../../../bin/operator/tenant/members';
import { addPlans } from '../../../bin/operator/tenant/plans';
import { addTokens } from '../../../bin/operator/tenant/tokens';
import type { Database } from '../../../functions/aws/database';
import type { Terminal } from '../../../bin/operator/terminal/terminal';

/** Runs a command of the operator's command line on the simulated table. @returns what it printed as JSON */
export async function operate(database: Database, now: () => Date, args: readonly string[]): Promise<unknown> {
  let printed: unknown;
  const deployment = { database } as Parameters<typeof openSession>[0];
  const terminal: Terminal = {
    out: () => undefined,
    err: () => undefined,
    columns: 100,
    readInput: () => Promise.resolve(''),
    env: { OPERATOR_NAME: 'the operator' },
    now,
    sleep: () => Promise.resolve(),
  };
  const runCommand: RunCommand =
    (command) =>
    async (...of) => {
      const answer = await command(openSession(deployment, terminal, true), ...of);
      printed = answer?.json;
    };
  const program = new Command().exitOverride();
  for (const add of [addPlans, addCaps, addLimits, addMembers, addTokens]) add(program, runCommand);
  await program.parseAsync([...args], { from: 'user' });
  return printed;
}
