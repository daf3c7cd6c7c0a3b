import type { Json, JsonObject } from '../../../../functions/domain/json';
import type { StepType } from '../../../../functions/domain/workflow/recipe';
import { isObject, parseJson } from '../../parts/json';
import { isStepType, stepTypes } from '../../workflow/step-types';

/** A step as the form holds it: what was typed, right or wrong. */
export interface DraftStep {
  /** Stays with the step while it moves. */
  readonly key: string;
  readonly type: StepType;
  readonly message: string;
  readonly seconds: string;
  readonly event: string;
  readonly payload: string;
  /** Set for what the form has no fields for; it is kept as it is. */
  readonly raw?: Json;
}

export interface DraftRecipe {
  readonly continueOnError: boolean;
  readonly steps: readonly DraftStep[];
}

export function newStep(type: StepType): DraftStep {
  return { key: crypto.randomUUID(), type, message: '', seconds: '2', event: '', payload: '' };
}

/** Undefined when it is not a recipe at all, so that only its JSON can be edited. */
export function draftOf(recipe: Json): DraftRecipe | undefined {
  if (!isObject(recipe)) return undefined;
  const { steps, continue_on_error: continues, ...rest } = recipe;
  const fits = continues === undefined || typeof continues === 'boolean';
  if (!Array.isArray(steps) || !fits || Object.keys(rest).length > 0) return undefined;
  return { continueOnError: continues === true, steps: steps.map(draftStepOf) };
}

export function recipeOf({ continueOnError, steps }: DraftRecipe): JsonObject {
  return { ...(continueOnError && { continue_on_error: true }), steps: steps.map(stepOf) };
}

function draftStepOf(step: Json): DraftStep {
  return { ...newStep('log'), ...(typedStepOf(step) ?? { raw: step }) };
}

/** A stored step as somebody would have typed it into the form; undefined when the form could not hold all of it. */
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
      // What is not a number goes as it is: the API says what is wrong with it.
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
