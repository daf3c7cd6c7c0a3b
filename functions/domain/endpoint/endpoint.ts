import * as z from 'zod/mini';
import { revisionOf } from '../revision';
import { descriptionSchema } from '../text';
import { changedHeadersSchema, customHeadersSchema } from './custom-headers';
import { mostPerSecond, usualPerSecond } from './rate';
import { ownSecretSchema } from './signature';
import { subscriptionsSchema } from './subscription';
import { maxCharacters } from './url';

/** The greatest length of a description in UTF-16 units. */
export const descriptionCharacters = 500;

/** After a rotation the secret that was replaced also signs for this long. */
export const rotationHours = 24;

/**
 * `envelope` sends `{type, timestamp, data, run}`. `payload` sends only the recipe's payload, for receivers that expect
 * a format of their own.
 */
export const bodyKindSchema = z.enum(['envelope', 'payload']);
export type BodyKind = z.infer<typeof bodyKindSchema>;

export const endpointStatusSchema = z.enum(['active', 'disabled']);

/**
 * `receiver_gone`: it answered 410. `only_failures`: attempts failed on five separate days
 * and none succeeded. `by_request`: a person or
 * program disabled it.
 */
export const disabledReasonSchema = z.enum(['receiver_gone', 'only_failures', 'by_request']);
export type DisabledReason = z.infer<typeof disabledReasonSchema>;

/** An endpoint as stored, without its signing secrets, which are read only to sign. */
export const endpointSchema = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  description: z.nullable(z.string()),
  body: bodyKindSchema,
  headers: z.record(z.string(), z.string()),
  /** At most this many attempts begin in one second; others wait for their turn. Rows of earlier releases lack it. */
  max_per_second: z._default(z.int(), usualPerSecond),
  status: endpointStatusSchema,
  disabled_reason: z.nullable(disabledReasonSchema),
  disabled_at: z.nullable(z.string()),
  /** False from the disabling until its `endpoint.disabled` event is durable. */
  disabling_announced: z.boolean(),
  /** The first failure since the last success; null after a success. Only attempts that no person asked for count. */
  failing_since: z.nullable(z.string()),
  /** The number of separate days with a failure, and the failure that was the first of the last one. */
  failed_days: z._default(z.int(), 0),
  failed_day_at: z._default(z.nullable(z.string()), null),
  /** The last warning that was given, in percent of the time until disabling: 0, 50 or 90. */
  warned_percent: z.int(),
  /** The first warning since the last success. */
  warned_at: z._default(z.nullable(z.string()), null),
  /**
   * Fresh with every change of the status, and with every change of where or how events are sent. The outcome of an attempt
   * that began before such a change says nothing of the endpoint as it is now. Rows of earlier releases lack it.
   */
  address_mark: z._default(z.nullable(z.string()), null),
  created_at: z.string(),
  updated_at: z.string(),
  /** Fresh with every edit, which a time of milliseconds may not be. Rows that no such edit has changed yet lack it. */
  edit_mark: z._default(z.nullable(z.string()), null),
  /** The time until which the secret before the current one also signs. */
  previous_until: z.optional(z.string()),
});
export type Endpoint = z.infer<typeof endpointSchema>;

/** By what it is decided whether a change enables, disables or redirects an endpoint. */
export const decisive = ['status', 'address_mark'] as const satisfies readonly (keyof Endpoint)[];

/** The same and the time of the last edit, so that no edit has the time of another: see `afterAll`. */
export const decisiveAndTime = [...decisive, 'updated_at'] as const satisfies readonly (keyof Endpoint)[];

/**
 * What edits change, rotations of the secret among them; and what a verdict changes that disables or enables the endpoint,
 * as a person could. The mark alone would not do: rows of earlier releases have none, and during a release functions of the
 * earlier one still make edits.
 */
export const revisedBy = [...decisiveAndTime, 'edit_mark'] as const satisfies readonly (keyof Endpoint)[];

/** The revision of an endpoint: everything that people write. Its failures and warnings do not change it. */
export function endpointRevision(endpoint: Endpoint): string {
  return revisionOf(revisedBy.map((name) => endpoint[name]));
}

/** `previous` also signs until `previous_until`. Secrets never appear in a response, a log line or a delivery. */
export const signingSecretsSchema = z.object({
  secret: z.string(),
  previous_secret: z.optional(z.string()),
  previous_until: z.optional(z.string()),
});
export type SigningSecrets = z.infer<typeof signingSecretsSchema>;

/** The secrets that sign at `now`, the current one first. */
export function activeSecrets(secrets: SigningSecrets, now: Date): string[] {
  const { secret, previous_secret: previous, previous_until: until } = secrets;
  return previous !== undefined && until !== undefined && Date.parse(until) > now.getTime()
    ? [secret, previous]
    : [secret];
}

const perSecondSchema = z.int().check(z.minimum(1), z.maximum(mostPerSecond));
const writtenDescriptionSchema = z.optional(descriptionSchema(descriptionCharacters));
/** Checked by `requireEndpointUrl`, so that a refused URL has its own error code. */
const urlSchema = z.string().register(z.globalRegistry, { maxLength: maxCharacters, format: 'uri' });

/** Body of the create call. */
export const endpointWriteSchema = z.strictObject({
  url: urlSchema,
  events: subscriptionsSchema,
  description: writtenDescriptionSchema,
  body: z.optional(bodyKindSchema),
  headers: z.optional(customHeadersSchema),
  max_per_second: z.optional(perSecondSchema),
  secret: z.optional(ownSecretSchema),
});
export type EndpointWrite = z.infer<typeof endpointWriteSchema>;

/** Body of the change call. Absent fields stay as they are, and so does the value of a header that is null. */
export const endpointPatchSchema = z.strictObject({
  url: z.optional(urlSchema),
  events: z.optional(subscriptionsSchema),
  description: writtenDescriptionSchema,
  body: z.optional(bodyKindSchema),
  headers: z.optional(changedHeadersSchema),
  max_per_second: z.optional(perSecondSchema),
  status: z.optional(endpointStatusSchema),
});
export type EndpointPatch = z.infer<typeof endpointPatchSchema>;

/** The part of an endpoint that decides whether and how an event goes to it. */
export type Subscription = Pick<Endpoint, 'id' | 'url' | 'events' | 'body' | 'status' | 'max_per_second'>;
