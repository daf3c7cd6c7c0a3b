import { jsonBytes, jsonDepth, type JsonObject } from '../json';
import { recipeLimits, type StepOf } from './recipe';
import { renderPayload, renderText, type Rendered } from './render';

/** The one reason for which a step fails: with the input filled in, its text is over a limit. */
export interface RenderedTooLarge {
  readonly code: 'rendered_too_large';
  readonly message: string;
}

type Outcome<T> = (Rendered<T> & { readonly error: null }) | { readonly error: RenderedTooLarge };

/** The message of a log step with the input filled in. */
export function renderMessage(step: StepOf<'log'>, input: JsonObject): Outcome<string> {
  const rendered = renderText(step.message, input);
  const isTooLarge = Buffer.byteLength(rendered.value) > recipeLimits.messageBytes;
  return isTooLarge ? tooLarge('message', recipeLimits.messageBytes) : { ...rendered, error: null };
}

/** The payload of a webhook step with the input filled in. */
export function renderEvent(step: StepOf<'fire_webhook_event'>, input: JsonObject): Outcome<JsonObject> {
  const rendered = renderPayload(step.payload ?? {}, input);
  if (jsonBytes(rendered.value) > recipeLimits.payloadBytes) return tooLarge('payload', recipeLimits.payloadBytes);
  const { payloadLevels } = recipeLimits;
  return jsonDepth(rendered.value, payloadLevels) > payloadLevels ? tooDeep() : { ...rendered, error: null };
}

function tooDeep(): Outcome<never> {
  const message = `The payload nests more than ${recipeLimits.payloadLevels} levels once the input is filled in. Send a flatter input.`;
  return { error: { code: 'rendered_too_large', message } };
}

function tooLarge(what: string, limit: number): Outcome<never> {
  const message = `The ${what} has more than ${limit} bytes once the input is filled in. Shorten it or the input.`;
  return { error: { code: 'rendered_too_large', message } };
}
