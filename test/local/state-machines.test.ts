import {
  DescribeExecutionCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { setTimeout as sleep } from 'node:timers/promises';
import { machineClient } from '../../local/aws-clients';
import type { InvocationResult } from '../../local/lambda/invoke';
import { readMachine, startsExecutions } from '../../local/machine/definition';
import type { Execution } from '../../local/machine/execution';
import { startExecutions, type Executions } from '../../local/machine/executions';
import { prepareMachine } from '../../local/machine/run-machine';
import { startExecutionTask } from '../../local/machine/next-execution';
import { startMachineEngine, type MachineEngine } from '../../local/machine/start-machine-engine';

const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:Step';
const loop = {
  StartAt: 'Step',
  TimeoutSeconds: 20,
  States: {
    Step: { Type: 'Task', Resource: functionArn, Next: 'More?' },
    'More?': {
      Type: 'Choice',
      Choices: [{ Variable: '$.next', StringEquals: 'delay', Next: 'Wait' }],
      Default: 'Done',
    },
    Wait: { Type: 'Wait', SecondsPath: '$.wait_seconds', Next: 'Step' },
    Done: { Type: 'Succeed' },
  },
};

/** The second is for every error that the first does not name. */
const retries = {
  TimeoutSeconds: 0.2,
  Retry: [
    { ErrorEquals: ['OftenError'], IntervalSeconds: 0.1, BackoffRate: 30, MaxDelaySeconds: 0.15, MaxAttempts: 4 },
    { ErrorEquals: ['States.ALL'], IntervalSeconds: 0.01, BackoffRate: 1, MaxAttempts: 2, JitterStrategy: 'FULL' },
  ],
};

function aMachine(name: string, type: 'STANDARD' | 'EXPRESS', definition: unknown = loop) {
  const arn = `arn:aws:states:us-east-1:000000000000:stateMachine:${name}`;
  return readMachine({
    logicalId: name,
    ref: arn,
    attributes: { Arn: arn, Name: name },
    read: (schema) => schema.parse({ StateMachineType: type, DefinitionString: JSON.stringify(definition) }),
    metadata: {},
  });
}

let attempts: number[];
let inputs: any[];

/**
 * The task of the machine: with `{"left": n}` it waits n times, with `{"fail": true}` it fails, with `{"failures": […]}`
 * it first fails with each of these errors, and `Silence` never answers.
 */
function step(event: unknown): Promise<InvocationResult> {
  const input = event as { left: number; fail?: boolean; failures?: string[] };
  attempts.push(Date.now());
  inputs.push(event);
  const errorType = input.failures?.[attempts.length - 1];
  if (errorType === 'Silence') return new Promise(() => undefined);
  if (errorType !== undefined)
    return Promise.resolve({ ok: false, error: { errorType, errorMessage: 'again', trace: [] } });
  if (input.fail) {
    return Promise.resolve({
      ok: false,
      error: { errorType: 'UnluckyError', errorMessage: 'on purpose', trace: ['at x'] },
    });
  }
  const next = input.left > 0 ? 'delay' : 'succeeded';
  return Promise.resolve({ ok: true, payload: { ...input, left: input.left - 1, next, wait_seconds: 1 } });
}

const standard = aMachine('Standard', 'STANDARD');
const express = aMachine('Express', 'EXPRESS');
const patient = aMachine('Patient', 'STANDARD', {
  ...loop,
  States: { ...loop.States, Step: { ...loop.States.Step, ...retries } },
});
const hurried = aMachine('Hurried', 'STANDARD', { ...loop, TimeoutSeconds: 1 });
/** Notes which execution it is, and starts itself again for as long as something is left. */
const relay = aMachine('Relay', 'EXPRESS', {
  ...loop,
  StartAt: 'Note',
  States: {
    ...loop.States,
    Note: { Type: 'Pass', Parameters: { 'id.$': '$$.Execution.Id' }, ResultPath: '$.execution', Next: 'Step' },
    'More?': { ...loop.States['More?'], Choices: [{ Variable: '$.next', StringEquals: 'delay', Next: 'Hand over' }] },
    'Hand over': {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution',
      Parameters: {
        'StateMachineArn.$': '$$.StateMachine.Id',
        'Name.$': '$.name',
        Input: { 'left.$': '$.left', 'name.$': '$.name', 'startedBy.$': '$$.Execution.Id' },
      },
      Next: 'Done',
    },
  },
});

let engine: MachineEngine;
let executions: Executions;
let sfn: SFNClient;
let changes: Execution[];

beforeAll(async () => {
  engine = await startMachineEngine();
  const startNext = startExecutionTask((...request) => executions.start(...request));
  const machines = [standard, express, hurried, patient, relay].map((definition) => ({
    definition,
    run: prepareMachine(definition, (arn) => (startsExecutions(arn) ? startNext : step)),
  }));
  executions = startExecutions(machines, (execution) => changes.push(execution));
  engine.serve(executions);
  sfn = machineClient(engine.endpoint);
});

beforeEach(() => {
  changes = [];
  attempts = [];
  inputs = [];
});

afterAll(async () => {
  executions.abandon();
  sfn.destroy();
  await engine.stop();
});

const start = (stateMachineArn: string, name: string, input: unknown) =>
  sfn.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
const describeExecution = (executionArn: string | undefined) =>
  sfn.send(new DescribeExecutionCommand({ executionArn }));

async function ended(executionArn: string | undefined) {
  for (;;) {
    const described = await describeExecution(executionArn);
    if (described.status !== 'RUNNING') return described;
    await sleep(20);
  }
}

describe('a Standard execution', () => {
  it('runs the definition, waits in real time and can be described', async () => {
    const { executionArn, startDate } = await start(standard.arn, 'waits-once', { left: 1 });
    const described = await ended(executionArn);

    expect(described).toMatchObject({
      name: 'waits-once',
      stateMachineArn: standard.arn,
      status: 'SUCCEEDED',
      input: '{"left":1}',
    });
    expect(described.stopDate!.getTime() - startDate!.getTime()).toBeGreaterThanOrEqual(1_000);
    expect(changes.map(({ end }) => end?.status ?? 'RUNNING')).toEqual(['RUNNING', 'SUCCEEDED']);
  });

  it('fails with the name of the function’s error, and its JSON as the cause', async () => {
    const { executionArn } = await start(standard.arn, 'fails', { fail: true });
    const described = await ended(executionArn);

    expect(described).toMatchObject({ status: 'FAILED', error: 'UnluckyError' });
    expect(JSON.parse(described.cause!)).toEqual({
      errorType: 'UnluckyError',
      errorMessage: 'on purpose',
      trace: ['at x'],
    });
  });

  it('repeats a failed call as the first retrier says that names the error, and counts for each retrier', async () => {
    const failures = ['OftenError', 'Rare', 'OftenError', 'Rare', 'OftenError'];
    const { executionArn } = await start(patient.arn, 'repeated', { left: 0, failures });
    const described = await ended(executionArn);
    const waits = attempts.slice(1).map((at, index) => at - attempts[index]!);

    expect(described.status).toBe('SUCCEEDED');
    expect(waits).toHaveLength(5);
    // Without the longest wait of the retrier, the third would be 3 s.
    expect(waits[2]).toBeLessThan(2_000);
    for (const [index, atLeastMs] of [99, 0, 149, 0, 149].entries())
      expect(waits[index]).toBeGreaterThanOrEqual(atLeastMs);
  });

  it('fails with the last error when no attempt is left', async () => {
    const { executionArn } = await start(patient.arn, 'used-up', { left: 0, failures: Array(9).fill('Rare') });

    expect(await ended(executionArn)).toMatchObject({ status: 'FAILED', error: 'Rare' });
    expect(attempts).toHaveLength(3);
  });

  it('repeats a call that was not answered in time', async () => {
    const { executionArn } = await start(patient.arn, 'silent', { left: 0, failures: ['Silence'] });

    expect((await ended(executionArn)).status).toBe('SUCCEEDED');
    expect(attempts).toHaveLength(2);
  });

  it('times out at the limit of its state machine', async () => {
    const { executionArn } = await start(hurried.arn, 'hurried', { left: 5 });

    expect(await ended(executionArn)).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
  });

  it('is returned again by a second start with the same input while it runs, and its name stays taken', async () => {
    const first = await start(standard.arn, 'again', { left: 1 });
    const second = await start(standard.arn, 'again', { left: 1 });

    expect(second.executionArn).toBe(first.executionArn);
    await expect(start(standard.arn, 'again', { left: 2 })).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    await ended(first.executionArn);
    await expect(start(standard.arn, 'again', { left: 1 })).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    expect(changes.filter(({ end }) => !end)).toHaveLength(1);
  });

  it('can be stopped during a wait', async () => {
    const { executionArn } = await start(standard.arn, 'stopped', { left: 9 });

    await sfn.send(new StopExecutionCommand({ executionArn, cause: 'cancelled' }));

    expect(await describeExecution(executionArn)).toMatchObject({ status: 'ABORTED' });
    expect(changes.map(({ end }) => end?.status ?? 'RUNNING')).toEqual(['RUNNING', 'ABORTED']);
  });

  it('is not found if it does not exist', async () => {
    const executionArn = `${standard.arn.replace(':stateMachine:', ':execution:')}:never`;

    await expect(describeExecution(executionArn)).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
    await expect(sfn.send(new StopExecutionCommand({ executionArn }))).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
    });
  });

  it.each([
    ['a machine that is not there', { stateMachineArn: `${standard.arn}X` }, 'StateMachineDoesNotExist'],
    ['a name with a space', { name: 'a b' }, 'InvalidName'],
    ['an input that is not JSON', { input: '{' }, 'InvalidExecutionInput'],
    ['an input over 256 KiB', { input: JSON.stringify('x'.repeat(262_144)) }, 'InvalidExecutionInput'],
  ])('is refused for %s', async (_what, overrides, name) => {
    const command = new StartExecutionCommand({ stateMachineArn: standard.arn, input: '{}', ...overrides });

    await expect(sfn.send(command)).rejects.toMatchObject({ name });
  });
});

describe('an Express execution', () => {
  it('is a new one at each start, and its end is not reported', async () => {
    const first = await start(express.arn, 'same', { left: 0 });
    const second = await start(express.arn, 'same', { left: 0 });
    await sleep(50);

    expect(second.executionArn).not.toBe(first.executionArn);
    expect(changes).toEqual([]);
  });

  it('starts the next execution of its own machine, and both know what they are', async () => {
    const { executionArn } = await start(relay.arn, 'first', { left: 2, name: 'next' });
    while (inputs.length < 3) await sleep(5);

    expect(inputs.map(({ left }) => left)).toEqual([2, 1, 0]);
    const [first, second, third] = inputs.map(({ execution }) => execution.id);
    expect(first).toBe(executionArn);
    expect(second).toMatch(/:express:Relay:next:/);
    expect(inputs.map(({ startedBy }) => startedBy)).toEqual([undefined, first, second]);
    expect(new Set([first, second, third]).size).toBe(3);
  });

  it('that a machine may not start is an error that the retriers of its task can name', async () => {
    const task = startExecutionTask((...request) => executions.start(...request));

    expect(await task({ StateMachineArn: relay.arn, Name: 'not a name', Input: {} })).toMatchObject({
      ok: false,
      error: { errorType: 'StepFunctions.InvalidNameException' },
    });
  });

  it('can be neither described nor stopped', async () => {
    const { executionArn } = await start(express.arn, 'unseen', { left: 0 });

    await expect(describeExecution(executionArn)).rejects.toMatchObject({ name: 'InvalidArn' });
    await expect(sfn.send(new StopExecutionCommand({ executionArn }))).rejects.toMatchObject({ name: 'InvalidArn' });
  });
});

describe('a definition', () => {
  const withStep = (changed: Record<string, unknown>) => ({
    ...loop,
    States: { ...loop.States, Step: { ...loop.States.Step, ...changed } },
  });

  it.each<[string, unknown, RegExp]>([
    ['JSONata', { ...loop, QueryLanguage: 'JSONata' }, /: QueryLanguage\./],
    ['variables', withStep({ Assign: { a: 1 } }), /: States › Step › Assign\./],
    ['a catcher', withStep({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }] }), /: States › Step › Catch\./],
    ['a path into depth', withStep({ Type: 'Wait', SecondsPath: '$.a.b' }), /States › Step › SecondsPath/],
    ['another service', withStep({ Resource: 'arn:aws:states:::sqs:sendMessage' }), /sqs:sendMessage/],
    ['a fixed value', withStep({ Parameters: { a: 1 } }), /: States › Step › Parameters/],
    ['a path that is not named as one', withStep({ Parameters: { a: '$.a' } }), /: States › Step › Parameters/],
    ['a Map', withStep({ Type: 'Map' }), /: States › Step › Type\./],
  ])('with %s is refused at the start instead of being run wrongly', (_what, definition, message) => {
    expect(() => aMachine('Refused', 'STANDARD', definition)).toThrow(message);
  });
});
