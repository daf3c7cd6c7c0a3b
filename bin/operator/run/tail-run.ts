import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { RunCommand } from '../command/run-command';
import { requireTenant } from '../tenant/require-tenant';
import { OperatorProblem } from '../terminal/operator-problem';
import { readId } from '../terminal/read-argument';
import { followRun } from './follow-run';

export function addRunTail(runs: CommandUnknownOpts, runCommand: RunCommand): void {
  runs
    .command('tail')
    .description('follow a run until it ends: print each step, each delivery and, with --logs, each log line')
    .argument('<tenant>', 'id of the tenant')
    .argument('<run>', 'number of the run', readId)
    .option('--logs', 'also print what the functions log about the run, from CloudWatch Logs or from the local run')
    .option('--deliveries', 'continue until no delivery is pending; retries can take more than a day')
    .addHelpText('after', notes)
    .action(
      runCommand(async (session, tenantId, runId, { logs = false, deliveries = false }) => {
        await requireTenant(session, tenantId);
        const { status, error } = await followRun(session, tenantId, runId, {
          deliveries,
          logs: logs ? session.tailLogs : undefined,
          print: (change) => session.print(change),
        });
        if (status === 'succeeded') return undefined;
        const reason = error === null ? '' : `: ${error.code}`;
        throw new OperatorProblem(
          'run_not_succeeded',
          `Run ${runId} of ${tenantId} ${status === 'cancelled' ? 'was cancelled' : 'failed'}${reason}.`,
        );
      }),
    );
}

const notes = `
With --json each change is one line of JSON (NDJSON): {at, kind: "run" | "step" | "delivery" | "log", …}.
Exits with 1 if the run does not succeed. With --logs in AWS, each function's log is asked every five seconds, because
AWS allows few requests for the whole account; the credentials also need cloudformation:ListStackResources and
logs:FilterLogEvents.`;
