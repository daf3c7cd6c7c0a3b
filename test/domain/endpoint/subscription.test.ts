import { matchesEvent, matchesSystemEvent, subscriptionsSchema } from '../../../functions/domain/endpoint/subscription';
import { faultsFrom } from '../../../functions/domain/faults';

test.each([
  [['campaign.kickoff'], 'campaign.kickoff', true],
  [['campaign.kickoff'], 'campaign.kickoff.late', false],
  [['campaign.kickoff'], 'Campaign.kickoff', false],
  [['campaign.*'], 'campaign.kickoff', true],
  [['campaign.*'], 'campaign.a.b', true],
  [['campaign.*'], 'campaign', false],
  [['campaign.*'], 'campaigns.kickoff', false],
  [['campaign.a.*'], 'campaign.b', false],
  [['*'], 'anything', true],
  [['*'], 'run.succeeded', true],
  [['a', 'b.*', 'c'], 'b.x', true],
  [['campaign.kickoff', 'campaign.*', '*'], 'quote.review', true],
])('an endpoint subscribed to %j and the recipe event %s: %s', (patterns, event, expected) => {
  expect(matchesEvent(patterns, event)).toBe(expected);
});

test('system events match only subscriptions that name them, never a pattern', () => {
  expect(matchesSystemEvent(['run.failed'], 'run.failed')).toBe(true);
  expect(matchesSystemEvent(['run.*', '*'], 'run.failed')).toBe(false);
});

function codesOf(events: unknown): string[] {
  const parsed = subscriptionsSchema.safeParse(events, { reportInput: true });
  return parsed.success ? [] : faultsFrom(parsed.error.issues).map(({ pointer, code }) => `${pointer} ${code}`);
}

test.each([
  [['campaign.kickoff', 'campaign.*', '*', 'run.succeeded', 'A_1.b2']],
  [Array.from({ length: 50 }, (_, index) => `event_${index}`)],
])('%j are valid subscriptions', (events) => {
  expect(codesOf(events)).toEqual([]);
});

test.each([
  [[], ['# too_small']],
  ['campaign.*', ['# invalid_type']],
  [Array.from({ length: 51 }, (_, index) => `event_${index}`), ['# too_big']],
  [['campaign.kickoff', 'campaign.kickoff'], ['# duplicate_subscription']],
  [
    ['campaign*', 'campaign.*.x', '.*', '**', 'a..b', 'a b', '', 'a-b', '*.x', 'x.*.*'],
    Array.from({ length: 10 }, (_, index) => `#/${index} invalid_event_pattern`),
  ],
  [['a'.repeat(129)], ['#/0 invalid_event_pattern']],
  [[1], ['#/0 invalid_type']],
])('%j are refused with a code for each entry', (events, expected) => {
  expect(codesOf(events)).toEqual(expected);
});
