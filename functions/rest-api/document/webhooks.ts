import { systemEventSchema, testEvent } from '../../domain/endpoint/subscription';
import type { Json } from './json';
import type { Schemas } from './schemas';
import { schemaOfEvent } from './words/webhook';

/** `webhooks`: the requests that the product sends to endpoints, as Standard Webhooks 1.0 defines them. */
export function webhooksObject(schemas: Schemas): Record<string, Json> {
  return {
    'workflow.event': webhook(
      schemas,
      'workflow.event',
      'An event that a step of a workflow fires, under the name in its recipe',
    ),
    ...Object.fromEntries(
      systemEventSchema.options.map((event) => [event, webhook(schemas, event, systemSummaries[event])]),
    ),
    [testEvent]: webhook(schemas, testEvent, 'The test event, which is sent once when somebody asks for it'),
  };
}

const systemSummaries = {
  'run.succeeded': 'A run succeeded',
  'run.failed': 'A run failed',
  'endpoint.disabled': 'An endpoint was disabled',
} as const;

function webhook(schemas: Schemas, event: string, summary: string): Json {
  return {
    post: {
      operationId: `on ${event}`.replace(/\W(\w)/g, (_, letter: string) => letter.toUpperCase()),
      summary,
      description:
        'Success is any 2xx within 15 seconds. Otherwise the event is sent again, up to 8 attempts in about 28 hours; 410 disables the endpoint. An endpoint with `body: payload` gets `data` alone as the body.',
      tags: ['Events'],
      security: [],
      parameters: [...signed, ...(event === 'endpoint.disabled' ? [] : ofRun)],
      requestBody: {
        required: true,
        content: { 'application/json': schemas.contentOf(schemaOfEvent(event), 'output') },
      },
      responses: {
        '2XX': { description: 'Received.' },
        410: { description: 'Gone: the endpoint is disabled.' },
        429: { description: 'Too many. `Retry-After` is honoured up to one hour.' },
        503: { description: 'Not now. `Retry-After` is honoured up to one hour.' },
      },
    },
  };
}

const signed = [
  headerOf(
    'webhook-id',
    'The id of the delivery, the same on every attempt. Receivers use it to ignore repeats.',
    true,
  ),
  headerOf('webhook-timestamp', 'When this attempt was signed, in seconds since 1970.', true),
  headerOf(
    'webhook-signature',
    'One or more signatures separated by spaces: `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`.',
    true,
  ),
  headerOf('workflow-event', 'The name of the event.', true),
  headerOf('traceparent', 'W3C Trace Context of the run.', true),
];

const ofRun = [
  headerOf('workflow-run-id', 'The run that fired the event. Absent from test events.', false),
  headerOf('workflow-run-uid', 'The `uid` of that run. Absent from test events.', false),
];

function headerOf(name: string, description: string, required: boolean): Json {
  return { name, in: 'header', required, description, schema: { type: 'string' } };
}
