import * as z from 'zod/mini';
import type { InvocationResult, InvokeFunction } from '../lambda/invoke';
import type { Execution } from './execution';
import { StatesRefusal } from './executions';

const requestSchema = z.object({ StateMachineArn: z.string(), Name: z.string(), Input: z.unknown() });

type Start = (machineArn: string, name: string, input: string) => Execution;

/** Emulates the task in which a machine calls StartExecution itself: it answers as soon as the execution has begun, and a refusal is an error of the task. */
export function startExecutionTask(start: Start): InvokeFunction {
  return (request) => Promise.resolve(answer(start, requestSchema.parse(request)));
}

function answer(start: Start, { StateMachineArn, Name, Input }: z.infer<typeof requestSchema>): InvocationResult {
  try {
    const { arn, startedAtMs } = start(StateMachineArn, Name, JSON.stringify(Input));
    return { ok: true, payload: { ExecutionArn: arn, StartDate: startedAtMs } };
  } catch (error) {
    if (!(error instanceof StatesRefusal)) throw error;
    const errorType = `StepFunctions.${error.code}Exception`;
    return { ok: false, error: { errorType, errorMessage: error.message, trace: [] } };
  }
}
