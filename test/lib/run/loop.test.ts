import aslValidator from 'asl-validator';
import type { Template } from 'aws-cdk-lib/assertions';
import { functionLimits } from '../../../functions/contract/functions';
import { handedOverFields, machineTimeoutSeconds, runMachineStates } from '../../../functions/contract/machine';
import { handOverAfterSeconds } from '../../../functions/domain/timetable';
import { lambda, resource, synthesize } from '../synthesize';

const dev = synthesize().template;
const production = synthesize({ stage: 'production' }).template;
const express = definitionOf(dev, /Express/);
const standard = definitionOf(dev, /Standard/);

test.each([
  ['Express', express],
  ['Standard', standard],
])('%s has a valid definition', (_name, definition) => {
  const { isValid, errorsText } = aslValidator(structuredClone(definition), { checkArn: true, checkPaths: true });

  expect(errorsText()).toBe('');
  expect(isValid).toBe(true);
});

test('both state machines have the same loop, and only Express hands runs over', () => {
  const { identify, handOver, handedOver, choice, ...shared } = runMachineStates;

  for (const name of Object.values(shared)) expect(express.States[name]).toEqual(standard.States[name]);
  expect(express.States[choice].Choices).toEqual([
    ...standard.States[choice].Choices,
    { Variable: '$.next', StringEquals: 'hand_over', Next: handOver },
    { Variable: '$.next', StringEquals: 'handed_over', Next: handedOver },
  ]);
  for (const name of [identify, handOver, handedOver]) expect(standard.States).not.toHaveProperty([name]);
  expect(express.TimeoutSeconds).toBe(machineTimeoutSeconds.express);
  expect(standard.TimeoutSeconds).toBe(machineTimeoutSeconds.standard);
});

test('the states have the names of the contract', () => {
  expect(Object.keys(express.States).sort()).toEqual(Object.values(runMachineStates).sort());
  expect(standard.StartAt).toBe(runMachineStates.segment);
});

test('a run is handed over by the machine itself, which starts another execution of itself and ends', () => {
  const { identify, segment, handOver, handedOver } = runMachineStates;

  expect(express.StartAt).toBe(identify);
  expect(express.States[identify]).toEqual({
    Type: 'Pass',
    Parameters: { 'id.$': '$$.Execution.Id' },
    ResultPath: '$.execution',
    Next: segment,
  });
  expect(express.States[handOver]).toMatchObject({
    Resource: 'arn:aws:states:::states:startExecution',
    Parameters: { 'StateMachineArn.$': '$$.StateMachine.Id', 'Name.$': '$.execution_name' },
    Next: handedOver,
  });
  expect(Object.keys(express.States[handOver].Parameters.Input).sort()).toEqual(
    [...handedOverFields, 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID'].map((name) => `${name}.$`).sort(),
  );
});

test('Express may start executions of itself, and Standard may start none', () => {
  const starters = Object.values<any>(dev.findResources('AWS::IAM::Policy')).flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.filter(
      ({ Action, Resource }: any) =>
        Action === 'states:StartExecution' && Properties.Roles[0].Ref.includes('RunsExpress') && Resource,
    ),
  );

  expect(starters.map(({ Resource }) => Resource)).toEqual([
    { Ref: resource(dev, 'AWS::StepFunctions::StateMachine', /Express/).logicalId },
  ]);
});

test('after each segment the execution waits, or ends with the status of the run', () => {
  const { segment, choice, wait, succeeded, failed } = runMachineStates;
  const nextOf = Object.fromEntries(standard.States[choice].Choices.map((one: any) => [one.StringEquals, one.Next]));

  expect(standard.States[segment].Next).toBe(choice);
  expect(nextOf).toEqual({ delay: wait, succeeded, failed });
  expect(standard.States[wait]).toEqual({ Type: 'Wait', SecondsPath: '$.wait_seconds', Next: segment });
  expect(standard.States[succeeded].Type).toBe('Succeed');
  expect(standard.States[failed].Type).toBe('Fail');
});

test('a segment is invoked directly, so its input and output are the state itself', () => {
  expect(standard.States[runMachineStates.segment].Resource).toBe(
    `arn:aws:lambda:eu-west-1:111122223333:function:${lambda(dev, 'run-segment').logicalId}`,
  );
});

test('any error of a segment is retried, with jitter, within the time limit of an Express execution', () => {
  const { Retry: retries } = standard.States[runMachineStates.segment];
  const timeout = Number(standard.States[runMachineStates.segment].TimeoutSeconds);
  const retry = retries.at(-1);

  expect(retries).toHaveLength(2);
  expect(retry).toMatchObject({ ErrorEquals: ['States.ALL'], JitterStrategy: 'FULL' });
  const waits = Array.from(
    { length: retry.MaxAttempts },
    (_, n): number => retry.IntervalSeconds * retry.BackoffRate ** n,
  );
  const longestWait = waits.reduce((sum, seconds) => sum + seconds, 0);
  expect(handOverAfterSeconds + timeout + longestWait).toBeLessThan(machineTimeoutSeconds.express);
  expect(timeout).toBeGreaterThan(functionLimits['run-segment'].timeoutSeconds);
});

test('a throttled segment is repeated with longer waits, for as long as the execution lasts', () => {
  const [throttled] = standard.States[runMachineStates.segment].Retry;

  expect(throttled.ErrorEquals).toEqual(
    expect.arrayContaining(['Throttled', 'Lambda.TooManyRequestsException', 'ThrottlingException']),
  );
  expect(throttled).toMatchObject({ IntervalSeconds: 5, MaxDelaySeconds: 60, JitterStrategy: 'FULL' });
  expect(throttled.MaxAttempts).toBeGreaterThanOrEqual(machineTimeoutSeconds.standard);
});

test('the longest valid recipe, 50 delays of 30 s, fits within the time limit of Standard', () => {
  expect(50 * 30).toBeLessThan(machineTimeoutSeconds.standard);
});

test.each([/Express/, /Standard/])(
  '%s shows every execution on development stages, and only errors without data in production',
  (id) => {
    const loggingOf = (template: Template) =>
      resource(template, 'AWS::StepFunctions::StateMachine', id).Properties.LoggingConfiguration;

    expect(loggingOf(dev)).toMatchObject({ Level: 'ALL', IncludeExecutionData: true });
    expect(loggingOf(production)).toMatchObject({ Level: 'ERROR', IncludeExecutionData: false });
  },
);

/** The definition as Step Functions reads it. */
function definitionOf(template: Template, idPattern: RegExp): any {
  const { DefinitionString } = resource(template, 'AWS::StepFunctions::StateMachine', idPattern).Properties;
  const text = DefinitionString['Fn::Join'][1]
    .map((part: any) => {
      if (typeof part === 'string') return part;
      return part.Ref === 'AWS::Partition'
        ? 'aws'
        : `arn:aws:lambda:eu-west-1:111122223333:function:${part['Fn::GetAtt'][0]}`;
    })
    .join('');
  return JSON.parse(text);
}
