import { SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { SegmentInput } from '../../contract/machine';
import type { Engine, Run } from '../../domain/run/run';

export type Executions = ReturnType<typeof executions>;

/** The state machines, one for each engine. */
export function executions(client: SFNClient, machineArns: Readonly<Record<Engine, string>>) {
  return {
    /**
     * Starts the execution of a run from the run's cursor. It is named after the run, so that Standard itself refuses a
     * second one. A restart adds its number, because a closed Standard name stays reserved for 90 days.
     *
     * @param restart 0 for the first start
     */
    async start(
      tenantId: string,
      run: Pick<Run, 'id' | 'uid' | 'workflow_id' | 'workflow_version' | 'cursor' | 'engine' | 'total_delay_seconds'>,
      restart = 0,
    ): Promise<void> {
      const input: SegmentInput = {
        tenant_id: tenantId,
        run_id: run.id,
        uid: run.uid,
        workflow_id: run.workflow_id,
        workflow_version: run.workflow_version,
        cursor: run.cursor,
        // Without a delay the first call ends the run.
        ...(run.total_delay_seconds === 0 && { reads_endpoints: true }),
      };
      try {
        await client.send(
          new StartExecutionCommand({
            stateMachineArn: machineArns[run.engine],
            name: executionName(run.uid, restart),
            input: JSON.stringify(input),
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
      const executionArn = `${machineArns.standard.replace(':stateMachine:', ':execution:')}:${executionName(run.uid, run.restarts)}`;
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

function executionName(uid: string, restart: number): string {
  return restart === 0 ? uid : `${uid}-${restart}`;
}
