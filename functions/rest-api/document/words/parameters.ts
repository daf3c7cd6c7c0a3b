import type { Described } from '../component';

/** Parameters in paths. */
export const pathWords: Readonly<Record<string, Described>> = {
  workflow_id: { description: 'The number of the workflow.', type: 'integer', format: 'int64', minimum: 1, example: 1 },
  run_id: { description: 'The number of the run.', type: 'integer', format: 'int64', minimum: 1, example: 1 },
  version: { description: 'The number of the version.', type: 'integer', format: 'int64', minimum: 1, example: 1 },
  endpoint_id: { description: 'The id of the endpoint.', type: 'string', example: 'ep_7k3m9p2q4r' },
  delivery_id: {
    description: 'The id of the delivery, which is also the `webhook-id` that its receiver gets.',
    type: 'string',
    example: 'dlv_01KG9V1S3A4B5C6D7E8F9G0H1J027K3M9P2Q4R',
  },
  token_id: { description: 'The id of the token.', type: 'string', example: 'tok_01KG9V1S3A4B5C6D7E8F9G0H1J' },
  app_id: { description: 'The id of the connected app.', type: 'string', example: 'app_01KG9V1S3A4B5C6D7E8F9G0H1J' },
};

/** Parameters in queries; a name alone, or after an operation where it means something else. */
export const queryWords: Readonly<Record<string, Described>> = {
  limit: { description: 'How many items a page has at most.', example: 25 },
  cursor: { description: '`next_cursor` of the page before, with the same filters. It is opaque.' },
  workflow_id: { description: 'Only runs of this workflow.', format: 'int64', example: 1 },
  run_id: { description: 'Only deliveries of events that this run fired.', format: 'int64', example: 1 },
  endpoint_id: { description: 'Only deliveries to this endpoint.' },
  'listRuns.status': { description: 'Only runs with this status.', example: 'succeeded' },
  'listWebhookDeliveries.status': { description: 'Only deliveries with this status.', example: 'delivered' },
  channel: { description: 'Only runs that were started through this door.', example: 'rest_api' },
  created_from: { description: 'Only runs created at this time or later.', example: '2026-01-31T00:00:00Z' },
  created_after: { description: 'Only runs created later than this time.', example: '2026-01-31T00:00:00Z' },
  created_before: { description: 'Only runs created earlier than this time.', example: '2030-01-31T00:00:00Z' },
  since: { description: 'Only deliveries created at this time or later.', example: '2026-01-31T00:00:00Z' },
  confirm: { description: '`true` redelivers; otherwise the call only counts.', example: 'true' },
  preview: { description: '`true` also shows what each step would do, with an example of an input.', example: 'true' },
  dry_run: { description: '`true` starts and counts nothing, and answers what a run would do.' },
  wait_seconds: {
    description: 'Holds the answer until the run ends or this many seconds are over. 0 answers at once.',
    example: 5,
  },
};
