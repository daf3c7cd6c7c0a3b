import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Perform } from '../command/perform';
import { requireTenant } from '../tenant/require-tenant';
import { OperatorProblem } from '../terminal/operator-problem';
import { readId } from '../terminal/read-argument';
import { followRun } from './follow-run';

export function addRunTail(runs: CommandUnknownOpts, perform: Perform): void {
  runs
    .command('tail')
    .description('follow a run until it has ended: each step, each delivery, and with --logs each log line')
    .argument('<tenant>', 'its id')
    .argument('<run>', 'its number', readId)
    .option('--logs', 'also what the functions log about it: from CloudWatch Logs, or from the local run')
    .option('--deliveries', 'go on until no delivery is pending; retries can take a day')
    .addHelpText('after', notes)
    .action(
      perform(async (session, tenantId, runId, { logs = false, deliveries = false }) => {
        await requireTenant(session, tenantId);
        const { status, error } = await followRun(session, tenantId, runId, {
          deliveries,
          logs: logs ? session.tailLogs : undefined,
          say: (change) => session.say(change),
        });
        if (status === 'succeeded') return undefined;
        const why = error === null ? '' : `: ${error.code}`;
        throw new OperatorProblem(
          'run_not_succeeded',
          `Run ${runId} of ${tenantId} ${status === 'cancelled' ? 'was cancelled' : 'failed'}${why}.`,
        );
      }),
    );
}

const notes = `
With --json each change is a line of its own (NDJSON): {at, kind: "run" | "step" | "delivery" | "log", …}.
Exits with 1 when the run did not succeed. With --logs in AWS the credentials also need cloudformation:ListStackResources
and logs:FilterLogEvents.`;
