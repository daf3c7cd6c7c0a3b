import { SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { executions } from '../../../functions/aws/run/executions';
import { segmentInputSchema } from '../../../functions/contract/machine';
import { aRun } from '../../support/builders';

const sfn = mockClient(SFNClient);
const arns = {
  express: 'arn:aws:states:eu-west-1:111122223333:stateMachine:Express',
  standard: 'arn:aws:states:eu-west-1:111122223333:stateMachine:Standard',
};
const machines = executions(new SFNClient({ region: 'eu-west-1' }), arns);

beforeEach(() => {
  sfn.reset();
  sfn.on(StartExecutionCommand).resolves({});
  sfn.on(StopExecutionCommand).resolves({});
});

const named = (name: string) => Object.assign(new Error(name), { name });
const started = () => sfn.commandCalls(StartExecutionCommand).map(({ args: [{ input }] }) => input);
const stopped = () => sfn.commandCalls(StopExecutionCommand).map(({ args: [{ input }] }) => input.executionArn);

describe('the execution of a run', () => {
  it('is named by the run’s uid, on its machine, with ids and the cursor for input', async () => {
    await machines.start('acme', aRun({ id: 7, cursor: 3 }));

    const [execution] = started();
    expect(execution).toEqual({
      stateMachineArn: arns.express,
      name: 'run_01KAPQ00000000000000000001',
      input: expect.any(String),
    });
    expect(segmentInputSchema.parse(JSON.parse(execution!.input!))).toEqual({
      tenant_id: 'acme',
      run_id: 7,
      uid: 'run_01KAPQ00000000000000000001',
      workflow_id: 1,
      workflow_version: 1,
      cursor: 3,
    });
  });

  it('has the same name and the same input, byte for byte, when it is started again', async () => {
    const run = aRun({ engine: 'standard' });

    await machines.start('acme', run);
    await machines.start('acme', { ...run });

    expect(started()[0]).toEqual(started()[1]);
    expect(started()[0]?.stateMachineArn).toBe(arns.standard);
  });

  it('carries the number of a restart, within the 80 characters of a name', async () => {
    await machines.start('acme', aRun(), 5);

    expect(started()[0]?.name).toBe('run_01KAPQ00000000000000000001-5');
    expect(started()[0]?.name?.length).toBeLessThanOrEqual(80);
  });

  it('that exists already was started by a request whose answer got lost', async () => {
    sfn.on(StartExecutionCommand).rejects(named('ExecutionAlreadyExists'));

    await expect(machines.start('acme', aRun({ engine: 'standard' }))).resolves.toBeUndefined();
  });

  it('that cannot be started is the caller’s matter', async () => {
    sfn.on(StartExecutionCommand).rejects(named('ThrottlingException'));

    await expect(machines.start('acme', aRun())).rejects.toThrow('ThrottlingException');
  });
});

describe('stopping', () => {
  it('ends the wait of a Standard execution, the restarted one if there was a restart', async () => {
    await machines.stop(aRun({ engine: 'standard' }));
    await machines.stop(aRun({ engine: 'standard', restarts: 2 }));

    const execution = 'arn:aws:states:eu-west-1:111122223333:execution:Standard:run_01KAPQ00000000000000000001';
    expect(stopped()).toEqual([execution, `${execution}-2`]);
  });

  it('asks nothing of Express, which cannot be stopped', async () => {
    await machines.stop(aRun());

    expect(sfn.calls()).toHaveLength(0);
  });

  it('an execution that is not there is no fault: the row decides', async () => {
    sfn.on(StopExecutionCommand).rejects(named('ExecutionDoesNotExist'));

    await expect(machines.stop(aRun({ engine: 'standard' }))).resolves.toBeUndefined();
  });
});
