import { readFile } from 'node:fs/promises';
import { invalidRequest, ProductError, type Fault } from '../../../functions/domain/errors';
import { faultsFrom } from '../../../functions/domain/faults';
import { inexactRefusal } from '../../../functions/domain/inexact-refusal';
import { isPlainObject } from '../../../functions/domain/json';
import { scanJson } from '../../../functions/domain/scan-json';
import { parseRecipe } from '../../../functions/domain/workflow/parse-recipe';
import type { Recipe } from '../../../functions/domain/workflow/recipe';
import { workflowWriteSchema } from '../../../functions/domain/workflow/workflow';
import { resolveFromCaller } from '../terminal/from-caller';
import { OperatorProblem } from '../terminal/operator-problem';
import type { Terminal } from '../terminal/terminal';

export interface WorkflowFile {
  readonly name: string;
  readonly description: string | null;
  readonly active: boolean | undefined;
  readonly tool: boolean | undefined;
  readonly recipe: Recipe;
}

/** Reads and checks a workflow as the REST API would, but lists all faults of the file at once. */
export async function readWorkflowFile(path: string, terminal: Terminal): Promise<WorkflowFile> {
  const content = parseJson(path === '-' ? await terminal.readInput() : await readText(path, terminal.env), path);
  const object = isPlainObject(content) ? content : {};
  const refusal = Object.hasOwn(object, 'recipe') ? recipeRefusal(object['recipe']) : undefined;
  const write = workflowWriteSchema.safeParse(content, { reportInput: true });
  const otherFaults: Fault[] = write.success ? [] : faultsFrom(write.error.issues, () => 'invalid_request');
  if (refusal !== undefined) {
    throw new ProductError(refusal.code, refusal.message, { faults: [...refusal.faults, ...otherFaults] });
  }
  if (!write.success) throw invalidRequest(otherFaults);
  const { name, description = null, active, tool, recipe } = write.data;
  return { name, description, active, tool, recipe: parseRecipe(recipe, ['recipe']) };
}

async function readText(path: string, env: Terminal['env']): Promise<string> {
  const file = resolveFromCaller(path, env);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const [reason = 'no reason given'] = /\bE[A-Z]+: [^,]*/.exec(String(error)) ?? [];
    throw new OperatorProblem('file_not_readable', `The file ${file} cannot be read (${reason}).`, error);
  }
}

function parseJson(text: string, path: string): unknown {
  const source = path === '-' ? 'Standard input' : path;
  const value = valueOf(text, source);
  if (scanJson(Buffer.from(text)).hasLoneSurrogate) {
    throw new ProductError('malformed_json', `${source} holds half of a character (a lone surrogate).`);
  }
  const refusal = inexactRefusal(text);
  if (refusal !== undefined) throw refusal;
  return value;
}

function valueOf(text: string, source: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProductError('malformed_json', `${source} is not JSON: ${reason}.`, { cause: error });
  }
}

function recipeRefusal(recipe: unknown): ProductError | undefined {
  try {
    parseRecipe(recipe, ['recipe']);
    return undefined;
  } catch (error) {
    if (error instanceof ProductError) return error;
    throw error;
  }
}
