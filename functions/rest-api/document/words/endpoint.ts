import {
  bodyKindSchema,
  disabledReasonSchema,
  endpointPatchSchema,
  endpointStatusSchema,
  endpointWriteSchema,
} from '../../../domain/endpoint/endpoint';
import { healthStateSchema } from '../../../domain/endpoint/health';
import { endpointViewSchema, endpointWithSecretSchema } from '../../../domain/endpoint/view';
import { testBodySchema } from '../../delivery/test-endpoint';
import { rotateBodySchema } from '../../endpoint/rotate-secret';
import { answered, extended, named, sent, time } from '../component';
import * as examples from '../examples/endpoint';

const secretWords = 'The signing secret, `whsec_` and base64. It is shown in this response only.';

const members = {
  url: 'Where events are sent: https on port 443 to a public host by its name.',
  events:
    'The events it takes: exact names, prefixes such as `campaign.*`, or `*`. System events are taken by their exact names only.',
  description: 'What it is for, for people.',
  body: '`envelope`: type, time, data and run of the event. `payload`: only the data, for receivers that expect a form of their own.',
  max_per_second: 'At most this many attempts begin in one second; others wait for their turn.',
} as const;

const endpoint = answered(
  'Endpoint',
  endpointViewSchema,
  { description: 'A webhook endpoint: where events are sent.', examples: [examples.endpoint] },
  {
    id: 'The id of the endpoint.',
    url: { description: `${members.url} Whoever may not change endpoints does not see its query.`, format: 'uri' },
    events: members.events,
    description: 'What it is for; null if nothing was written.',
    body: members.body,
    max_per_second: { description: members.max_per_second, format: 'int32' },
    status: 'Whether events are sent to it.',
    disabled_reason: 'Why it is disabled; null while it is active.',
    created_at: time('When it was registered.'),
    headers: 'The names of its custom headers. The values, which are often secrets, are never shown: each is null.',
    previous_secret_until: time('Until then the secret before the current one signs too; null if it no longer does.'),
    health:
      'How it does. `failing`: the last attempt failed, and none has succeeded since `failing_since`. The two kinds of disabled: because of its failures, or because somebody asked for it.',
    failing_since: time(
      'The first failure since the last success; null if nothing failed since, or while it is disabled.',
    ),
    warning: 'The last warning about failures; null unless they have lasted for half of the time until it is disabled.',
  },
);

export const endpointComponents = [
  endpoint,
  answered(
    'EndpointWarning',
    endpointViewSchema.shape.warning.def.innerType,
    { description: 'A warning that an endpoint will be disabled, because every attempt fails.' },
    {
      percent: 'How much of the time until disabling is over.',
      failing_since: time('The first failure since the last success.'),
      disables_at: time('The earliest time at which one more failure disables it; null until that is certain.'),
    },
  ),
  extended(
    'EndpointWithSecret',
    [endpoint, endpointViewSchema],
    endpointWithSecretSchema,
    {
      description: 'A new endpoint, or one with a new secret, with its signing secret.',
      examples: [examples.endpointWithSecret],
    },
    {
      secret: `${secretWords} With the same Idempotency-Key, a repeated creation answers without it, and a repeated rotation shows it as long as no other rotation came after it.`,
    },
  ),
  sent(
    'EndpointWrite',
    endpointWriteSchema,
    { description: 'An endpoint as it is registered.', examples: [examples.endpointWrite] },
    {
      ...members,
      headers:
        'Headers to send with each attempt, at most 10. Those that the sender sets itself, such as content-type and webhook-*, are refused. Names differ in more than case, and in more than - and _.',
      secret: 'A signing secret of your own: `whsec_` and 24 to 64 random bytes in base64. If absent, one is made.',
    },
  ),
  sent(
    'EndpointPatch',
    endpointPatchSchema,
    { description: 'What changes of an endpoint; what is absent stays.', examples: [examples.endpointPatch] },
    {
      ...members,
      headers: 'Replaces all custom headers. A value of null keeps the stored one.',
      status: '`disabled` stops sending, and pending deliveries end; `active` begins again.',
    },
  ),
  sent(
    'RotateSecret',
    rotateBodySchema,
    { description: 'How the signing secret is replaced.', examples: [{}] },
    { secret: 'A signing secret of your own: `whsec_` and 24 to 64 random bytes in base64. If absent, one is made.' },
  ),
  sent(
    'TestEvent',
    testBodySchema,
    { description: 'The test event to send.', examples: [examples.testEvent] },
    { payload: { description: 'The data of the event, within the limits of a recipe. If absent, a short text.' } },
  ),
  named('EndpointBody', bodyKindSchema, { description: 'What is sent to an endpoint.' }),
  named('EndpointStatus', endpointStatusSchema, { description: 'Whether events are sent to an endpoint.' }),
  named('EndpointHealth', healthStateSchema, { description: 'How an endpoint does, in one word.' }),
  named('DisabledReason', disabledReasonSchema, {
    description:
      '`receiver_gone`: it answered 410. `only_failures`: attempts failed on five separate days and none succeeded. `by_request`: somebody disabled it.',
  }),
];
