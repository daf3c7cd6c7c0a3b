import {
  attemptErrorSchema,
  attemptSchema,
  attemptTriggerSchema,
  deliveryStatusSchema,
  endedReasonSchema,
} from '../../../domain/delivery/delivery';
import { attemptOutlineSchema } from '../../../domain/delivery/outline';
import { deliveryDetailViewSchema, deliveryViewSchema, listedDeliveryViewSchema } from '../../../domain/delivery/view';
import { redeliveredFailedSchema } from '../../delivery/redeliver-failed';
import { answered, count, extended, id, named, time } from '../component';
import * as examples from '../examples/delivery';

const delivery = answered(
  'Delivery',
  deliveryViewSchema,
  { description: 'One event on its way to one endpoint, kept for 90 days.', examples: [examples.delivery] },
  {
    id: 'The id of the delivery. It is the `webhook-id` of every attempt.',
    event: 'The name of the event.',
    run_id: id('The run that fired the event; null for test events and events of endpoints.'),
    step_index: count('The step that fired the event, from 0; null if no step did.'),
    endpoint_id: 'The endpoint that it goes to.',
    url: {
      description: 'The address of the last attempt, or of the endpoint when the event was fired.',
      format: 'uri',
    },
    status: 'How far the delivery is.',
    ended_reason: 'Why it ended without being delivered; null otherwise.',
    attempts_made: count('The number of attempts made so far.'),
    next_attempt_at: time('When the next attempt is due; null if there will be none.'),
    created_at: time('When the event was fired.'),
    waiting_until: time(
      'The turn of the next attempt, while it waits because more is sent to its endpoint or host than may be sent at once; null otherwise.',
    ),
  },
);

export const deliveryComponents = [
  delivery,
  extended(
    'ListedDelivery',
    [delivery, deliveryViewSchema],
    listedDeliveryViewSchema,
    { description: 'A delivery in a list.', examples: [examples.listedDelivery] },
    {
      attempts:
        'The outlines of the last 20 attempts, oldest first, if `attempts=true` asked for them. Null if the deliveries on the page had more than 1,000 attempts, and those of this one were not reached.',
    },
  ),
  answered(
    'AttemptOutline',
    attemptOutlineSchema,
    { description: 'When an attempt was made and how it ended.' },
    {
      number: count('The number of the attempt, from 1.'),
      trigger: 'What caused it.',
      at: time('When it began.'),
      duration_ms: count('How long it took, in milliseconds.'),
      response_status: { description: 'The HTTP status of the answer; null if there was none.', format: 'int32' },
      error_class: {
        description: 'The kind of failure, as in `AttemptError`; null if it succeeded. Later releases may add kinds.',
        enum: undefined,
        'x-extensible-enum': attemptErrorSchema.shape.class.options,
      },
    },
  ),
  extended(
    'DeliveryDetail',
    [delivery, deliveryViewSchema],
    deliveryDetailViewSchema,
    { description: 'A delivery with its body and attempts.', examples: [examples.deliveryDetail] },
    {
      request: 'What is sent.',
      attempts: 'The last 20 attempts, oldest first.',
      verify_command: 'A shell command that verifies the signature of the last attempt; null before the first attempt.',
    },
  ),
  answered(
    'DeliveryRequest',
    deliveryDetailViewSchema.shape.request,
    { description: 'The request of the last attempt.' },
    {
      headers: 'Its headers, as signed. The value of a custom header is null.',
      body: 'The exact body, which is the same on every attempt.',
    },
  ),
  answered(
    'Attempt',
    attemptSchema,
    { description: 'One attempt to deliver.' },
    {
      number: count('The number of the attempt, from 1.'),
      trigger: 'What caused it.',
      at: time('When it began.'),
      duration_ms: count('How long it took, in milliseconds.'),
      url: { description: 'The address that was called.', format: 'uri' },
      request_headers:
        'The headers as signed for this attempt; the value of a custom header is null. They were sent unless the error occurred before the request.',
      address: 'The IP address that was connected to; null if there was no connection.',
      response_status: { description: 'The HTTP status of the answer; null if there was none.', format: 'int32' },
      response_excerpt: 'The first 4 KB of the answer, as text; null if there was none.',
      error: 'Why it failed; null if it did not.',
    },
  ),
  answered(
    'AttemptError',
    attemptErrorSchema,
    { description: 'Why an attempt failed.' },
    {
      class: {
        description:
          'The kind of failure, for programs. Later releases may add kinds. `blocked_address`: the host is not public. `unrecorded`: the process ended before it recorded the result, and the request may have arrived.',
        enum: undefined,
        'x-extensible-enum': attemptErrorSchema.shape.class.options,
      },
      rule: 'The rule that refused the address; null for all other kinds.',
      detail: 'What happened, in a sentence.',
    },
  ),
  answered(
    'RedeliveredFailed',
    redeliveredFailedSchema,
    { description: 'What a bulk redelivery found and queued.', examples: [examples.redeliveredFailed] },
    {
      count: count('The failed and blocked deliveries that were found, at most 1,000 in one call.'),
      redelivered: count('The deliveries that this call queued, at ten a second; 0 without `confirm=true`.'),
      left_this_hour: count('How many more this tenant may redeliver before the next hour begins.'),
      has_more: 'Whether there are more than this call found.',
      next_cursor: 'Send it as `cursor` to go on; null at the end.',
    },
  ),
  named('DeliveryStatus', deliveryStatusSchema, {
    description:
      '`pending` until an attempt succeeds or none is left. `blocked`: the address is not public, so no retry would help.',
  }),
  named('EndedReason', endedReasonSchema, { description: 'Why a delivery ended without being delivered.' }),
  named('AttemptTrigger', attemptTriggerSchema, {
    description: 'What caused an attempt: the event and its retries, a test, or a redelivery.',
  }),
];
