import * as z from 'zod/mini';
import type { Subscription } from '../../endpoint/endpoint';
import { matchesEvent } from '../../endpoint/subscription';
import { withoutQuery } from '../../endpoint/url-query';
import { jsonBytes, jsonObjectSchema, type JsonObject } from '../../json';
import { stepTypeSchema, type Recipe, type Step, type StepOf } from '../../workflow/recipe';
import { renderEvent, renderMessage } from '../../workflow/render-step';
import { stepErrorSchema } from '../run';

/** More endpoints of a step are counted, but not named. */
const maxNamedEndpoints = 10;

/** Of all texts together: 50 payloads of 20 KB would make an answer of a megabyte. */
const maxTextBytes = 64 * 1024;

export const matchedEndpointSchema = z.object({
  id: z.string(),
  /** Without its query, which may hold a key. */
  url: z.string(),
});

/** What one step would do, with the input filled in. The members beside the first five depend on its type. */
export const stepPreviewSchema = z.object({
  index: z.int(),
  type: stepTypeSchema,
  /** Paths of the input that are missing. Their placeholders stay in the text. */
  missing: z.array(z.string()),
  /** Why the step would fail; null if it would not. */
  error: z.nullable(stepErrorSchema),
  /** True if the texts of all steps are too long for one answer, and that of this step was left out. */
  truncated: z.boolean(),
  message: z.optional(z.string()),
  seconds: z.optional(z.int()),
  event: z.optional(z.string()),
  payload: z.optional(jsonObjectSchema),
  matched_endpoints: z.optional(z.int()),
  /** The first ten of them. */
  endpoints: z.optional(z.array(matchedEndpointSchema)),
});
export type StepPreview = z.infer<typeof stepPreviewSchema>;

/** What the steps of a recipe would do with an input. @param subscriptions the endpoints of the tenant, active or not */
export function previewSteps(recipe: Recipe, input: JsonObject, subscriptions: readonly Subscription[]): StepPreview[] {
  const active = subscriptions.filter(({ status }) => status === 'active');
  let bytes = 0;
  return recipe.steps.map((step, index) => {
    const preview = { index, ...previewOf(step, input, active) };
    bytes += jsonBytes(preview.message) + jsonBytes(preview.payload);
    return bytes > maxTextBytes ? withoutText(preview) : preview;
  });
}

function withoutText({ message: _message, payload: _payload, ...preview }: StepPreview): StepPreview {
  return { ...preview, truncated: true };
}

type Preview = Omit<StepPreview, 'index'>;
const nothingWrong = { missing: [], error: null, truncated: false };

function previewOf(step: Step, input: JsonObject, active: readonly Subscription[]): Preview {
  switch (step.type) {
    case 'delay':
      return { type: step.type, ...nothingWrong, seconds: step.seconds };
    case 'log': {
      const rendered = renderMessage(step, input);
      if (rendered.error !== null) return { type: step.type, ...nothingWrong, error: rendered.error };
      return { type: step.type, ...nothingWrong, missing: [...rendered.missing], message: rendered.value };
    }
    case 'fire_webhook_event':
      return previewOfEvent(step, input, active);
  }
}

function previewOfEvent(
  step: StepOf<'fire_webhook_event'>,
  input: JsonObject,
  active: readonly Subscription[],
): Preview {
  const matched = active.filter(({ events }) => matchesEvent(events, step.event));
  const reached = {
    type: step.type,
    ...nothingWrong,
    event: step.event,
    matched_endpoints: matched.length,
    endpoints: matched.slice(0, maxNamedEndpoints).map(({ id, url }) => ({ id, url: withoutQuery(url) })),
  };
  const rendered = renderEvent(step, input);
  if (rendered.error !== null) return { ...reached, error: rendered.error };
  return { ...reached, missing: [...rendered.missing], payload: rendered.value };
}
