import * as z from 'zod/mini';
import { eventRunSchema } from '../../../domain/delivery/event';
import { disabledReasonSchema } from '../../../domain/endpoint/endpoint';
import { jsonObjectSchema } from '../../../domain/json';
import { runErrorSchema } from '../../../domain/run/run';
import { answered, count, id, time } from '../component';
import { envelope } from '../examples/webhook';

/** The names of the schemas of `data` of the events whose data the product decides. */
export const eventDataNames: Readonly<Record<string, string>> = {
  'run.succeeded': 'RunEndData',
  'run.failed': 'RunEndData',
  'endpoint.disabled': 'EndpointDisabledData',
};

/** The body of an event, as `newEvent` of functions/domain/delivery/event.ts writes it. */
const envelopeSchema = z.object({
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

/** As `announceDisabled` writes it. */
const endpointDisabledDataSchema = z.object({
  endpoint_id: z.string(),
  url: z.string(),
  disabled_reason: z.nullable(disabledReasonSchema),
  disabled_at: z.string(),
});

export const webhookComponents = [
  answered(
    'Envelope',
    envelopeSchema,
    { description: 'The body of an event.', examples: [envelope] },
    {
      type: 'The name of the event.',
      timestamp: time('When the event was fired, the same on every attempt.'),
      data: 'The payload of the step, with its placeholders filled in; of other events, their data.',
      run: 'The run that fired the event; absent if none did.',
    },
  ),
  answered(
    'EventRun',
    eventRunSchema,
    { description: 'The run that fired an event.' },
    {
      id: id('The number of the run.'),
      uid: 'Its id, unique over all tenants.',
      workflow_id: id('The workflow that ran.'),
    },
  ),
  answered(
    'RunEndData',
    runEndDataSchema,
    { description: 'What `run.succeeded` and `run.failed` tell.' },
    {
      status: 'How the run ended.',
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
  answered(
    'EndpointDisabledData',
    endpointDisabledDataSchema,
    { description: 'What `endpoint.disabled` tells.' },
    {
      endpoint_id: 'The id of the endpoint.',
      url: { description: 'Its address, without the query.', format: 'uri' },
      disabled_reason: 'Why it was disabled.',
      disabled_at: time('When it was disabled.'),
    },
  ),
];
