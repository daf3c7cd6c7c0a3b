import * as z from 'zod/mini';
import { eventNameSchema, recipeLimits } from '../workflow/recipe';
/**
 * Events that the product fires itself. They are subscribed to by exact name only: `*` and `run.*` do not include them.
 */
export const systemEventSchema = z.enum(['run.succeeded', 'run.failed', 'endpoint.disabled']);
export type SystemEvent = z.infer<typeof systemEventSchema>;

/** The event of the test call, which is sent whatever the endpoint subscribes to. */
export const testEvent = 'endpoint.test';

export const maxPatterns = 50;

const maxPatternCharacters = recipeLimits.eventCharacters + '.*'.length;

/** `campaign.kickoff`, `campaign.*` or `*`. */
const eventPatternSchema = z
  .string()
  .check(
    z.refine(isPattern, {
      error:
        'Must be an event name such as campaign.kickoff, a prefix such as campaign.*, or *, of at most ' +
        `${recipeLimits.eventCharacters} characters, or ${maxPatternCharacters} with .*`,
      params: { code: 'invalid_event_pattern' },
    }),
  )
  .register(z.globalRegistry, {
    maxLength: maxPatternCharacters,
    pattern: '^(\\*|[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*(\\.\\*)?)$',
  });

/** The subscriptions of an endpoint: 1 to 50 patterns without duplicates. */
export const subscriptionsSchema = z
  .array(eventPatternSchema)
  .check(
    z.minLength(1),
    z.maxLength(maxPatterns),
    z.refine((patterns) => new Set(patterns).size === patterns.length, {
      error: 'Each event or pattern may be listed once.',
      params: { code: 'duplicate_subscription' },
    }),
  )
  .register(z.globalRegistry, { uniqueItems: true });

/** Whether a recipe's event goes to an endpoint with these patterns. `campaign.*` takes `campaign.kickoff` and `campaign.a.b`, not `campaign`. */
export function matchesEvent(patterns: readonly string[], event: string): boolean {
  return patterns.some(
    (pattern) =>
      pattern === '*' || pattern === event || (pattern.endsWith('.*') && event.startsWith(pattern.slice(0, -1))),
  );
}

export function matchesSystemEvent(patterns: readonly string[], event: SystemEvent): boolean {
  return patterns.includes(event);
}

function isPattern(text: string): boolean {
  return text === '*' || eventNameSchema.safeParse(text.replace(/\.\*$/, '')).success;
}
