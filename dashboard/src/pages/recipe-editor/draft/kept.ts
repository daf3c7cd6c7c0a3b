import type { Json } from '../../../../../functions/domain/json';
import { isObject } from '../../../parts/json';
import type { Stored } from '../../../workflow/edit';
import { isStepType } from '../../../workflow/step-types';
import { isInputType, newInput, type DraftInput } from './inputs';
import type { DraftStep } from './recipe';
import type { DraftState } from './state';

/** What is kept of a draft while the page is reloaded. */
export function keptOf({ base, name, description, tool, view, recipe, text }: DraftState) {
  const { etag, name: baseName, description: baseDescription, tool: baseTool, recipe: baseRecipe } = base;
  const kept = { name: baseName, description: baseDescription, tool: baseTool, recipe: baseRecipe, etag };
  return { base: kept, name, description, tool, view, recipe, text };
}

/** The draft that was kept. An earlier release of the page may have kept it, so nothing is taken for granted. */
export function draftFromKept(kept: Json): DraftState | undefined {
  if (!isObject(kept)) return undefined;
  const { base, name, description, tool, view, recipe, text } = kept;
  const stored = storedFrom(base);
  if (stored === undefined || !isObject(recipe) || !Array.isArray(recipe['steps'])) return undefined;
  return {
    base: stored,
    name: textFrom(name),
    description: textFrom(description),
    tool: tool === true,
    view: view === 'json' ? 'json' : 'steps',
    recipe: {
      inputs: Array.isArray(recipe['inputs']) ? recipe['inputs'].map(inputFrom) : [],
      continueOnError: recipe['continueOnError'] === true,
      steps: recipe['steps'].map(stepFrom),
    },
    text: textFrom(text),
    hasNoSteps: false,
    replaced: 0,
  };
}

function storedFrom(base: Json | undefined): Stored | undefined {
  if (!isObject(base)) return undefined;
  const { name, description, tool, recipe, etag } = base;
  if (recipe === undefined) return undefined;
  return {
    name: textFrom(name),
    description: typeof description === 'string' ? description : null,
    recipe,
    ...(typeof tool === 'boolean' && { tool }),
    ...(typeof etag === 'string' && { etag }),
  };
}

function stepFrom(kept: Json): DraftStep {
  const { type, message, seconds, event, payload, raw } = isObject(kept) ? kept : {};
  return {
    key: crypto.randomUUID(),
    type: isStepType(type) ? type : 'log',
    message: textFrom(message),
    seconds: textFrom(seconds),
    event: textFrom(event),
    payload: textFrom(payload),
    ...(raw !== undefined && { raw }),
  };
}

function inputFrom(kept: Json): DraftInput {
  const {
    name,
    type,
    description,
    isRequired,
    default: value,
    example,
    choices,
    min,
    max,
    raw,
  } = isObject(kept) ? kept : {};
  return {
    ...newInput(textFrom(name)),
    type: isInputType(type) ? type : 'string',
    description: textFrom(description),
    isRequired: isRequired === true,
    default: textFrom(value),
    example: textFrom(example),
    choices: textFrom(choices),
    min: textFrom(min),
    max: textFrom(max),
    ...(raw !== undefined && { raw }),
  };
}

function textFrom(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
