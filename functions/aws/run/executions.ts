import { SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { executionInput, executionName, type ExecutedRun } from '../../domain/run/execution';
import type { Engine, Run } from '../../domain/run/run';

export type Executions = ReturnType<typeof executions>;

/** The state machines, one for each engine. */
export function executions(client: SFNClient, machineArns: Readonly<Record<Engine, string>>, now: () => Date) {
  return {
    /**
     * Starts the execution of a run from the run's cursor. It is named after the run, so that Standard itself refuses a
     * second one.
     *
     * @param restart 0 for the first start
     */
    async start(tenantId: string, run: ExecutedRun, restart = 0): Promise<void> {
      try {
        await client.send(
          new StartExecutionCommand({
            stateMachineArn: machineArns[run.engine],
            name: executionName(run, restart),
            input: JSON.stringify(executionInput(tenantId, run, now())),
          }),
        );
      } catch (error) {
        // An earlier start took effect, although its response was lost.
        if (!(error instanceof Error && error.name === 'ExecutionAlreadyExists')) throw error;
      }
    },

    /**
     * Ends the wait of a cancelled run early. Express executions cannot be stopped; their next segment reads the row
     * and finishes.
     */
    async stop(run: Pick<Run, 'uid' | 'engine' | 'restarts'>): Promise<void> {
      if (run.engine !== 'standard') return;
      const executionArn = `${machineArns.standard.replace(':stateMachine:', ':execution:')}:${executionName(run, run.restarts)}`;
      try {
        await client.send(new StopExecutionCommand({ executionArn, cause: 'cancelled' }));
      } catch (error) {
        // The execution has not started or has ended; in both cases the row decides.
        if (!(error instanceof Error && error.name === 'ExecutionDoesNotExist')) throw error;
      }
    },
  };
}

/** Opens the client. Two attempts are enough, because recovery starts what Step Functions throttles. */
export function openSfn(): SFNClient {
  return new SFNClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  });
}
