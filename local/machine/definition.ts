import * as z from 'zod/mini';
import { LocalProblem } from '../local-problem';
import type { StackResource } from '../template/stack';
import { parametersSchema, pathSchema } from './parameters';

const propertiesSchema = z.object({
  DefinitionString: z.string(),
  StateMachineType: z._default(z.enum(['STANDARD', 'EXPRESS']), 'STANDARD'),
});

const retrierSchema = z.strictObject({
  ErrorEquals: z.array(z.string()),
  IntervalSeconds: z._default(z.number(), 1),
  BackoffRate: z._default(z.number(), 2),
  MaxDelaySeconds: z._default(z.number(), Infinity),
  MaxAttempts: z._default(z.number(), 3),
  JitterStrategy: z._default(z.enum(['FULL', 'NONE']), 'NONE'),
});

const taskSchema = z.strictObject({
  Type: z.literal('Task'),
  Resource: z.string(),
  Parameters: z.optional(parametersSchema),
  TimeoutSeconds: z._default(z.number(), 60),
  Retry: z._default(z.array(retrierSchema), []),
  Next: z.string(),
});

const choiceSchema = z.strictObject({
  Type: z.literal('Choice'),
  Choices: z.array(z.strictObject({ Variable: pathSchema, StringEquals: z.string(), Next: z.string() })),
  Default: z.optional(z.string()),
});

const passSchema = z.strictObject({
  Type: z.literal('Pass'),
  Parameters: parametersSchema,
  ResultPath: pathSchema,
  Next: z.string(),
});

const stateSchema = z.discriminatedUnion('Type', [
  taskSchema,
  passSchema,
  choiceSchema,
  z.strictObject({ Type: z.literal('Wait'), SecondsPath: pathSchema, Next: z.string() }),
  z.strictObject({ Type: z.literal('Succeed') }),
  z.strictObject({ Type: z.literal('Fail'), Error: z.string(), Cause: z.string() }),
]);

/**
 * The part of the Amazon States Language that the local run performs (states-language.net/spec.html): what the product's
 * own definition uses. Everything else is refused at the start, so that nothing runs here in another way than on AWS.
 */
const definitionSchema = z.strictObject({
  StartAt: z.string(),
  TimeoutSeconds: z.number(),
  States: z.record(z.string(), stateSchema),
});

export type Definition = z.infer<typeof definitionSchema>;
export type Task = z.infer<typeof taskSchema>;
export type Choice = z.infer<typeof choiceSchema>;

export interface MachineDefinition {
  readonly arn: string;
  readonly name: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly definition: Definition;
  /** State name → ARN of what it calls: a function, or StartExecution. */
  readonly tasks: ReadonlyMap<string, string>;
}

export function readMachine({ ref, attributes, read }: StackResource): MachineDefinition {
  const { DefinitionString, StateMachineType } = read(propertiesSchema);
  const name = attributes['Name'] ?? ref;
  const definition = readDefinition(name, JSON.parse(DefinitionString));
  return { arn: ref, name, type: StateMachineType, definition, tasks: tasksOf(name, definition.States) };
}

/** True if a task with this ARN does not call a function but starts an execution. */
export function startsExecutions(resource: string): boolean {
  return /^arn:[\w-]+:states:::states:startExecution$/.test(resource);
}

function readDefinition(machineName: string, value: unknown): Definition {
  const { data, error } = definitionSchema.safeParse(value);
  if (data !== undefined) return data;
  const places = error.issues.map((issue) =>
    [...issue.path, ...(issue.code === 'unrecognized_keys' ? [issue.keys.join(' and ')] : [])].join(' › '),
  );
  throw new LocalProblem(
    `The state machine ${machineName} uses what the local run does not support: ${places.join(', ')}.`,
  );
}

function tasksOf(machineName: string, states: Definition['States']): ReadonlyMap<string, string> {
  const tasks = new Map<string, string>();
  for (const [stateName, state] of Object.entries(states)) {
    if (state.Type !== 'Task') continue;
    if (!state.Resource.includes(':function:') && !startsExecutions(state.Resource)) {
      throw new LocalProblem(
        `The state "${stateName}" of ${machineName} calls ${state.Resource}; the local run supports only functions and StartExecution.`,
      );
    }
    tasks.set(stateName, state.Resource);
  }
  return tasks;
}
