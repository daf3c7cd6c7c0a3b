import * as z from 'zod/mini';
import { LocalProblem } from '../local-problem';
import type { StackResource } from '../template/stack';

const propertiesSchema = z.object({
  DefinitionString: z.string(),
  StateMachineType: z._default(z.enum(['STANDARD', 'EXPRESS']), 'STANDARD'),
});

const definitionSchema = z.looseObject({
  StartAt: z.string(),
  States: z.record(z.string(), z.looseObject({ Type: z.string(), Resource: z.optional(z.string()) })),
});

export interface MachineDefinition {
  readonly arn: string;
  readonly name: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly definition: z.infer<typeof definitionSchema>;
  /** State name → ARN of the function it calls. */
  readonly tasks: ReadonlyMap<string, string>;
}

export function readMachine({ ref, attributes, read }: StackResource): MachineDefinition {
  const { DefinitionString, StateMachineType } = read(propertiesSchema);
  const name = attributes['Name'] ?? ref;
  const definition = definitionSchema.parse(JSON.parse(DefinitionString));
  refuseWhatTheEngineIgnores(name, definition);
  return { arn: ref, name, type: StateMachineType, definition, tasks: tasksOf(name, definition.States) };
}

/**
 * Refuses features that the engine would run wrongly and without an error: with JSONata it returns the input as output,
 * with `Assign` it sets no variables, and its context object lacks `$$.State` and `$$.Task`.
 */
function refuseWhatTheEngineIgnores(name: string, definition: unknown): void {
  const text = JSON.stringify(definition);
  const refused = ['"QueryLanguage":"JSONata"', '"Assign":', '"$$.State.', '"$$.Task.'].filter((part) =>
    text.includes(part),
  );
  if (refused.length === 0) return;
  throw new LocalProblem(
    `The state machine ${name} uses ${refused.join(' and ')}, which the local engine does not support.`,
  );
}

function tasksOf(machineName: string, states: MachineDefinition['definition']['States']): ReadonlyMap<string, string> {
  const tasks = new Map<string, string>();
  for (const [stateName, state] of Object.entries(states)) {
    if (state.Type === 'Parallel' || state.Type === 'Map') {
      throw new LocalProblem(
        `The state machine ${machineName} has a ${state.Type} state, which the local run does not support.`,
      );
    }
    if (state.Type !== 'Task') continue;
    const target = functionOf(state);
    if (target === undefined) {
      throw new LocalProblem(
        `The state "${stateName}" of ${machineName} calls ${state.Resource}; the local run supports only functions.`,
      );
    }
    tasks.set(stateName, target);
  }
  return tasks;
}

function functionOf({ Resource: resource }: { readonly Resource?: string | undefined }): string | undefined {
  return resource?.includes(':function:') ? resource : undefined;
}
