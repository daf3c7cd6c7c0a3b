import type { Json, JsonObject } from '../../../../../functions/domain/json';
import type { StepType } from '../../../../../functions/domain/workflow/recipe';
import { isObject, parseJson } from '../../../parts/json';
import { draftInputsOf, inputsOf, type DraftInput } from './inputs';
import { isStepType, stepTypes } from '../../../workflow/step-types';

/** A step as the form holds it: the texts typed into its fields, valid or not. */
export interface DraftStep {
  /** Identifies the step while its position changes. */
  readonly key: string;
  readonly type: StepType;
  readonly message: string;
  readonly seconds: string;
  readonly event: string;
  readonly payload: string;
  /** A step that the form has no fields for. It is shown as JSON and saved unchanged. */
  readonly raw?: Json;
}

export interface DraftRecipe {
  readonly inputs: readonly DraftInput[];
  readonly continueOnError: boolean;
  readonly steps: readonly DraftStep[];
}

export function newStep(type: StepType): DraftStep {
  return { key: crypto.randomUUID(), type, message: '', seconds: '2', event: '', payload: '' };
}

/** Undefined if the form cannot show the recipe, which can then be edited only as JSON. */
export function draftOf(recipe: Json): DraftRecipe | undefined {
  if (!isObject(recipe)) return undefined;
  const { inputs: declared, steps, continue_on_error: continues, ...rest } = recipe;
  const inputs = draftInputsOf(declared);
  const fits = continues === undefined || typeof continues === 'boolean';
  if (inputs === undefined || !Array.isArray(steps) || !fits || Object.keys(rest).length > 0) return undefined;
  return { inputs, continueOnError: continues === true, steps: steps.map(draftStepOf) };
}

export function recipeOf({ inputs, continueOnError, steps }: DraftRecipe): JsonObject {
  const declared = inputsOf(inputs);
  return {
    ...(declared !== undefined && { inputs: declared }),
    ...(continueOnError && { continue_on_error: true }),
    steps: steps.map(stepOf),
  };
}

function draftStepOf(step: Json): DraftStep {
  return { ...newStep('log'), ...(typedStepOf(step) ?? { raw: step }) };
}

/** The texts that the form's fields show for a stored step. Undefined if the fields cannot show all of it. */
function typedStepOf(step: Json): Partial<DraftStep> | undefined {
  if (!isObject(step)) return undefined;
  const { type, ...fields } = step;
  if (!isStepType(type) || Object.keys(fields).some((name) => !stepTypes[type].fields.includes(name))) return undefined;
  const typed = readers[type](fields);
  return typed && { type, ...typed };
}

const readers: Readonly<Record<StepType, (fields: JsonObject) => Partial<DraftStep> | undefined>> = {
  log: ({ message }) => (typeof message === 'string' ? { message } : undefined),
  fire_webhook_event: ({ event, payload }) =>
    typeof event === 'string'
      ? { event, payload: payload === undefined ? '' : JSON.stringify(payload, null, 2) }
      : undefined,
  delay: ({ seconds }) => (typeof seconds === 'number' ? { seconds: String(seconds) } : undefined),
};

function stepOf({ type, message, seconds, event, payload, raw }: DraftStep): Json {
  if (raw !== undefined) return raw;
  switch (type) {
    case 'log':
      return { type, message };
    case 'delay':
      // Text that is not a number is sent as typed, because the API explains what is wrong with it.
      return { type, seconds: seconds.trim() === '' || Number.isNaN(Number(seconds)) ? seconds : Number(seconds) };
    case 'fire_webhook_event':
      return { type, event, ...(payload.trim() !== '' && { payload: jsonOrText(payload) }) };
  }
}

function jsonOrText(text: string): Json {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
