import { invalidRequest } from '../errors';
import { readInputs } from '../workflow/input/declaration';
import { fillInput } from '../workflow/input/fill-input';
import type { Workflow } from '../workflow/workflow';
import { inputFaults } from './input';
import type { StartRunCommand, StartRunStores } from './start-run-signature';
import type { StoredRun } from './stored-run';

type Declares = Pick<Workflow, 'inputs'>;

/**
 * The input that the run gets, as JSON text. A repetition with the same version takes the earlier one as it is, because that
 * version accepted it.
 *
 * @throws ProductError `invalid_request` if the input is not as the workflow declares it
 */
export async function inputOfRun(
  { runs }: Pick<StartRunStores, 'runs'>,
  { tenantId, start }: StartRunCommand,
  workflow: Declares,
  earlier: StoredRun | undefined,
): Promise<string> {
  if (start.operation === 'trigger') return JSON.stringify(filledInput(workflow, start.input ?? {}, start.inputAt));
  if (earlier === undefined) return '{}';
  const input = await runs.inputOf(tenantId, earlier);
  return start.version === 'same' ? input : JSON.stringify(repeatedInput(workflow, earlier.id, JSON.parse(input)));
}

/**
 * The input with the defaults that the workflow declares.
 *
 * @throws ProductError `invalid_request` with a pointer for each input that is not as declared
 */
export function filledInput(workflow: Declares, input: unknown, at?: readonly string[]): unknown {
  const { filled, faults } = judge(workflow, input, at);
  if (faults.length > 0) throw invalidRequest(faults);
  return filled;
}

/** The body of a repetition holds no input, so what is wrong with it is said of the version that was asked for. */
function repeatedInput(workflow: Declares, runId: number, input: unknown): unknown {
  const { filled, faults } = judge(workflow, input);
  if (faults.length === 0) return filled;
  throw invalidRequest(
    faults.map(({ code, detail, pointer = '' }) => ({
      pointer: '#/version',
      code,
      detail: `The input of run ${runId} does not fit the current version, at ${pointer}: ${detail}`,
    })),
  );
}

/** The defaults may make an input too large that was not. */
function judge(workflow: Declares, input: unknown, at?: readonly string[]) {
  const { filled, faults } = fillInput(readInputs(workflow.inputs), input, at);
  return { filled, faults: faults.length > 0 ? faults : inputFaults(filled, at) };
}
