import { SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { executions } from '../../../functions/aws/run/executions';
import { segmentInputSchema } from '../../../functions/contract/machine';
import { aRun, noon } from '../../support/builders';

const sfn = mockClient(SFNClient);
const arns = {
  express: 'arn:aws:states:eu-west-1:111122223333:stateMachine:Express',
  standard: 'arn:aws:states:eu-west-1:111122223333:stateMachine:Standard',
};
const store = executions(new SFNClient({ region: 'eu-west-1' }), arns, () => noon);

beforeEach(() => {
  sfn.reset();
  sfn.on(StartExecutionCommand).resolves({});
  sfn.on(StopExecutionCommand).resolves({});
});

const errorNamed = (name: string) => Object.assign(new Error(name), { name });
const started = () => sfn.commandCalls(StartExecutionCommand).map(({ args: [{ input }] }) => input);
const stopped = () => sfn.commandCalls(StopExecutionCommand).map(({ args: [{ input }] }) => input.executionArn);

describe('the execution of a run', () => {
  it('has the run’s uid as its name, and its ids and cursor as input', async () => {
    await store.start('acme', aRun({ id: 7, cursor: 3 }));

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
      part: 0,
      hand_over_at: '2026-11-22T12:03:20.000Z',
    });
  });

  it('on Express has its part in its name, and is told when to hand over', async () => {
    await store.start('acme', aRun({ part: 2 }), 1);

    expect(started()[0]?.name).toBe('run_01KAPQ00000000000000000001-p2-1');
    expect(JSON.parse(started()[0]!.input!)).toMatchObject({ part: 2, hand_over_at: '2026-11-22T12:03:20.000Z' });
  });

  it('on Standard never hands over', async () => {
    await store.start('acme', aRun({ engine: 'standard' }));

    expect(JSON.parse(started()[0]!.input!)).not.toHaveProperty('hand_over_at');
  });

  it('has the same name and the same input, byte for byte, if it is started again', async () => {
    const run = aRun({ engine: 'standard' });

    await store.start('acme', run);
    await store.start('acme', { ...run });

    expect(started()[0]).toEqual(started()[1]);
    expect(started()[0]?.stateMachineArn).toBe(arns.standard);
  });

  it('has the number of the restart in its name, within the limit of 80 characters', async () => {
    await store.start('acme', aRun(), 5);

    expect(started()[0]?.name).toBe('run_01KAPQ00000000000000000001-5');
    expect(started()[0]?.name?.length).toBeLessThanOrEqual(80);
  });

  it('counts as started if it exists already: an earlier response was lost', async () => {
    sfn.on(StartExecutionCommand).rejects(errorNamed('ExecutionAlreadyExists'));

    await expect(store.start('acme', aRun({ engine: 'standard' }))).resolves.toBeUndefined();
  });

  it('throws the error of Step Functions if it cannot be started', async () => {
    sfn.on(StartExecutionCommand).rejects(errorNamed('ThrottlingException'));

    await expect(store.start('acme', aRun())).rejects.toThrow('ThrottlingException');
  });
});

describe('stopping', () => {
  it('ends a waiting Standard execution, the latest one if the run was restarted', async () => {
    await store.stop(aRun({ engine: 'standard' }));
    await store.stop(aRun({ engine: 'standard', restarts: 2 }));

    const execution = 'arn:aws:states:eu-west-1:111122223333:execution:Standard:run_01KAPQ00000000000000000001';
    expect(stopped()).toEqual([execution, `${execution}-2`]);
  });

  it('sends no request for Express, which cannot be stopped', async () => {
    await store.stop(aRun());

    expect(sfn.calls()).toHaveLength(0);
  });

  it('ignores an execution that does not exist, because the run’s row decides', async () => {
    sfn.on(StopExecutionCommand).rejects(errorNamed('ExecutionDoesNotExist'));

    await expect(store.stop(aRun({ engine: 'standard' }))).resolves.toBeUndefined();
  });
});
