import * as z from 'zod/mini';
import { isRecord } from '../template/is-record';
import { StatesFailure } from './states-failure';

/** A field at the top of the state, as in `$.wait_seconds`. */
export const pathSchema = z.templateLiteral(['$.', z.string().check(z.regex(/^\w+$/))]);
export type Path = z.infer<typeof pathSchema>;

const contextPathSchema = z.enum(['$$.Execution.Id', '$$.StateMachine.Id']);

/** What an execution knows of itself, by the paths with which its states ask for it. */
export type ExecutionContext = Readonly<Record<z.infer<typeof contextPathSchema>, string>>;

type Value = Path | z.infer<typeof contextPathSchema> | Parameters;
export interface Parameters {
  readonly [name: string]: Value;
}

/** Every value is a path, or parameters again. The name of a path ends with `.$`. */
export const parametersSchema: z.ZodMiniType<Parameters> = z
  .record(z.string(), z.union([pathSchema, contextPathSchema, z.lazy(() => parametersSchema)]))
  .check(
    z.refine((parameters) =>
      Object.entries(parameters).every(([name, value]) => name.endsWith('.$') === (typeof value === 'string')),
    ),
  );

/**
 * Fills in the values that the paths lead to.
 *
 * @throws {StatesFailure} if there is none
 */
export function fillIn(parameters: Parameters, data: unknown, context: ExecutionContext): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) =>
      typeof value === 'string'
        ? [name.slice(0, -'.$'.length), valueOf(value, data, context)]
        : [name, fillIn(value, data, context)],
    ),
  );
}

function valueOf(path: Exclude<Value, Parameters>, data: unknown, context: ExecutionContext): unknown {
  if (path === '$$.Execution.Id' || path === '$$.StateMachine.Id') return context[path];
  const value = valueAt(path, data);
  if (value === undefined) throw new StatesFailure('States.ParameterPathFailure', `${path} leads to nothing.`);
  return value;
}

export function valueAt(path: Path, data: unknown): unknown {
  return isRecord(data) ? data[path.slice('$.'.length)] : undefined;
}
