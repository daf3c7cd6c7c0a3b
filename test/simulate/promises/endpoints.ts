import type { Row } from '../../../functions/aws/database';
import { failingHours, warningHours } from '../../../functions/domain/endpoint/health';
import { kindOf, none, unless, type Facts, type Promised } from './promise';

const hourMs = 3_600_000;

/**
 * An endpoint is disabled by itself only if its receiver did what the rule says. Why and when it was disabled stays until it
 * is enabled.
 */
export const endpoints: Promised = (facts) => ({
  onWrite: ({ key, before, after, by }) => {
    if (kindOf(key).kind !== 'endpoint' || before === undefined || after === undefined) return none;
    if (before['status'] === 'disabled' && after['status'] === 'disabled')
      return unless(
        before['disabled_at'] === after['disabled_at'] && before['disabled_reason'] === after['disabled_reason'],
        () => `endpoint ${String(after['id'])} is ${String(before['disabled_reason'])}, and was disabled once more`,
      );
    if (before['status'] !== 'active' || after['status'] !== 'disabled') return none;
    const name = `endpoint ${String(after['id'])}`;
    if (after['disabled_reason'] === 'by_request')
      return unless(by.functionName === 'rest-api', () => `${name} was disabled by request, but not by a person`);
    return after['disabled_reason'] === 'receiver_gone'
      ? judgeGone(facts, name, after)
      : judgeFailures(facts, name, before);
  },
});

/** Somebody answered 410 at its address. */
function judgeGone({ arrivals }: Facts, name: string, { url }: Row): readonly string[] {
  const path = new URL(String(url)).pathname;
  return unless(
    arrivals.some((arrival) => arrival.path === path && arrival.status === 410),
    () => `${name} was disabled as gone, but ${path} never answered 410`,
  );
}

function judgeFailures({ system, arrivals }: Facts, name: string, before: Row): readonly string[] {
  const nowMs = system.world.nowMs();
  const sinceMs = Date.parse(String(before['failing_since']));
  const warnedMs = Date.parse(String(before['warned_at']));
  const path = new URL(String(before['url'])).pathname;
  const failed = arrivals.filter((arrival) => arrival.path === path && arrival.status !== 200);
  return [
    ...unless(
      nowMs - sinceMs >= failingHours * hourMs,
      () => `${name} was disabled after failing since ${String(before['failing_since'])}`,
    ),
    ...unless(
      nowMs - warnedMs >= warningHours * hourMs,
      () => `${name} was disabled although it was warned at ${String(before['warned_at'])}`,
    ),
    ...unless(failed.length > 0, () => `${name} was disabled for failures, but nothing failed at ${path}`),
    ...judgeSuccess(arrivals, name, path, failed),
  ];
}

/** A success that was recorded before the failing attempt began has cleared the failures. */
function judgeSuccess(
  arrivals: Facts['arrivals'],
  name: string,
  path: string,
  failed: Facts['arrivals'],
): readonly string[] {
  const lastFailed = failed.at(-1);
  const success = arrivals.find(
    (arrival) =>
      arrival.path === path &&
      arrival.status === 200 &&
      arrival.by?.faults === 0 &&
      arrival.by.endedStep !== undefined &&
      lastFailed?.by !== undefined &&
      arrival.by.endedStep < lastFailed.by.beganStep,
  );
  return unless(
    success === undefined,
    () => `${name} was disabled for failures although ${path} accepted ${success?.webhookId ?? ''} before`,
  );
}
