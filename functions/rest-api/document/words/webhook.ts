import * as z from 'zod/mini';
import { eventRunSchema } from '../../../domain/delivery/event';
import { disabledReasonSchema } from '../../../domain/endpoint/endpoint';
import { jsonObjectSchema } from '../../../domain/json';
import { runErrorSchema } from '../../../domain/run/run';
import { count, id, inPlace, time } from '../component';
import * as examples from '../examples/webhook';

/** The body of an event, as `newEvent` of functions/domain/delivery/event.ts writes it. */
const eventSchema = z.object({
  type: z.string(),
  timestamp: z.string(),
  data: jsonObjectSchema,
  run: z.optional(eventRunSchema),
});

/** As `announceRunEnd` writes it. */
const runEndDataSchema = z.object({
  status: z.enum(['succeeded', 'failed']),
  workflow_name: z.string(),
  workflow_version: z.int(),
  steps_total: z.int(),
  steps_succeeded: z.int(),
  steps_failed: z.int(),
  created_at: z.string(),
  finished_at: z.string(),
  error: z.nullable(runErrorSchema),
});
const runSucceededSchema = z.extend(eventSchema, { data: runEndDataSchema, run: eventRunSchema });
const runFailedSchema = z.extend(eventSchema, { data: runEndDataSchema, run: eventRunSchema });

/** As `announceDisabled` writes it. */
const endpointDisabledDataSchema = z.object({
  endpoint_id: z.string(),
  url: z.string(),
  disabled_reason: z.nullable(disabledReasonSchema),
  disabled_at: z.string(),
});
const endpointDisabledSchema = z.extend(z.omit(eventSchema, { run: true }), { data: endpointDisabledDataSchema });

/** The bodies of the events whose data the product decides; of all others, `eventSchema`. */
const ownEvents = {
  'run.succeeded': runSucceededSchema,
  'run.failed': runFailedSchema,
  'endpoint.disabled': endpointDisabledSchema,
} as const;

export function schemaOfEvent(event: string): z.core.$ZodType {
  return Object.entries(ownEvents).find(([name]) => name === event)?.[1] ?? eventSchema;
}

const members = {
  type: 'The name of the event.',
  timestamp: time('When the event was fired, the same on every attempt.'),
};

/**
 * They stand where they are used: generators that leave out what no path refers to (oapi-codegen does) would leave out a
 * schema that only webhooks refer to.
 */
export const webhookComponents = [
  inPlace(
    eventSchema,
    { description: 'The body of an event.', examples: [examples.event] },
    {
      ...members,
      data: 'The payload of the step, with its placeholders filled in, or that of the test.',
      run: 'The run that fired the event; absent if none did.',
    },
  ),
  inPlace(
    runSucceededSchema,
    { description: 'The body of `run.succeeded`.', examples: [examples.runSucceeded] },
    { ...members, data: 'How the run ended.', run: 'The run that ended.' },
  ),
  inPlace(
    runFailedSchema,
    { description: 'The body of `run.failed`.', examples: [examples.runFailed] },
    { ...members, data: 'How the run ended.', run: 'The run that ended.' },
  ),
  inPlace(
    endpointDisabledSchema,
    { description: 'The body of `endpoint.disabled`.', examples: [examples.endpointDisabled] },
    { ...members, data: 'Which endpoint was disabled, and why.' },
  ),
  inPlace(
    eventRunSchema,
    { description: 'The run that fired an event.' },
    {
      id: id('The number of the run.'),
      uid: 'Its id, unique over all tenants.',
      workflow_id: id('The workflow that ran.'),
    },
  ),
  inPlace(
    runEndDataSchema,
    { description: 'How a run ended.' },
    {
      status: 'The status of the run.',
      workflow_name: 'The name of the workflow.',
      workflow_version: id('The version of the recipe that ran.'),
      steps_total: count('The number of steps.'),
      steps_succeeded: count('Steps that succeeded.'),
      steps_failed: count('Steps that failed.'),
      created_at: time('When the run was accepted.'),
      finished_at: time('When it ended.'),
      error: 'The first failure; null if nothing failed.',
    },
  ),
  inPlace(
    endpointDisabledDataSchema,
    { description: 'The endpoint that was disabled.' },
    {
      endpoint_id: 'The id of the endpoint.',
      url: { description: 'Its address, without the query.', format: 'uri' },
      disabled_reason: 'Why it was disabled.',
      disabled_at: time('When it was disabled.'),
    },
  ),
];
