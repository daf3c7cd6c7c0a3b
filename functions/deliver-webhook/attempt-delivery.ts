import type { DeliveryMessage } from '../contract';
import type { DeliveryAttemptStore } from '../aws/delivery-attempts';
import { addSeconds } from '../domain/day';
import type { Attempt, Delivery } from '../domain/webhook-delivery';
import type { DeliveryQueue } from '../domain/webhook-dispatch';
import { ended, judgeAttempt, type Verdict } from '../domain/webhook-outcome';
import type { WebhookEvent } from '../domain/webhook-event';
import type { Log } from '../edge/log';
import { followHealth, type HealthDeps } from './follow-health';
import { prepareRequest } from './prepare-request';
import { sendWebhook, type SendDeps, type Sent } from './send-webhook';

export interface AttemptDeps extends HealthDeps {
  readonly attempts: DeliveryAttemptStore;
  readonly queue: DeliveryQueue;
  readonly send: SendDeps;
  /** Seconds to wait after each failed attempt. */
  readonly schedule: readonly number[];
  /** 0 to 1; spreads retries. */
  readonly random: () => number;
  readonly newToken: () => string;
  readonly now: () => Date;
  readonly log: Log;
}

/** Longer than any attempt and this function's timeout: when it has run out, its holder is gone. */
const leaseSeconds = 30;

/**
 * Makes the attempt a queue message asks for, once: claims it, sends, records what came back and arranges the next one.
 * A message for an attempt that was made, is under way, or is of a delivery that ended, is dropped.
 *
 * @throws when the table fails; the message comes back, and a send that was not recorded is repeated with the same id
 */
export async function attemptDelivery(deps: AttemptDeps, message: DeliveryMessage): Promise<void> {
  const { tenant_id: tenantId } = message;
  const at = deps.now();
  const token = deps.newToken();
  const delivery = await deps.attempts.claim(message, { token, until: addSeconds(at, leaseSeconds).toISOString() }, at);
  if (delivery === undefined) return;
  const { endpoint: found, event } = await deps.attempts.context(tenantId, delivery);

  if (found === undefined) return end(deps, tenantId, delivery, token, ended('failed', 'endpoint_deleted'));
  if (found.endpoint.status === 'disabled' && delivery.trigger === 'event') {
    await followHealth(deps, tenantId, found.endpoint, delivery, undefined);
    return end(deps, tenantId, delivery, token, ended('failed', 'endpoint_disabled'));
  }

  const request = prepareRequest(delivery, event, found, at);
  const sent = await sendWebhook(deps.send, request);
  const attempt = toAttempt(delivery, request, sent, at);
  const verdict = judgeAttempt(
    { trigger: delivery.trigger, attemptsMade: attempt.number, outcome: sent, at: deps.now() },
    deps.schedule,
    deps.random,
  );
  logAttempt(deps.log, tenantId, delivery, event, attempt, verdict);
  // Before the record: if this process dies in between, the repeated attempt finishes both.
  await followHealth(deps, tenantId, found.endpoint, delivery, sent);
  const recorded = await deps.attempts.record(tenantId, delivery, token, { verdict, attempt });
  if (recorded && verdict.queueDelaySeconds !== null) {
    const next = { tenant_id: tenantId, delivery_id: delivery.id, attempts: attempt.number };
    await deps.queue.send([next], { delaySeconds: verdict.queueDelaySeconds });
  }
}

/** Ends a delivery whose endpoint takes no attempt. */
async function end(
  deps: AttemptDeps,
  tenantId: string,
  delivery: Delivery,
  token: string,
  verdict: Verdict,
): Promise<void> {
  deps.log('info', {
    event: 'delivery_ended',
    tenant: tenantId,
    run: delivery.run_uid ?? undefined,
    delivery: delivery.id,
    reason: verdict.endedReason,
  });
  await deps.attempts.record(tenantId, delivery, token, { verdict, attempt: undefined });
}

function toAttempt(
  delivery: Delivery,
  request: { url: string; headers: Readonly<Record<string, string>> },
  sent: Sent,
  at: Date,
): Attempt {
  return {
    number: delivery.attempts_made + 1,
    trigger: delivery.trigger,
    at: at.toISOString(),
    duration_ms: sent.durationMs,
    url: request.url,
    request_headers: { ...request.headers },
    address: sent.address,
    response_status: sent.status,
    response_excerpt: sent.excerpt,
    error: sent.error,
  };
}

function logAttempt(
  log: Log,
  tenantId: string,
  delivery: Delivery,
  event: WebhookEvent,
  attempt: Attempt,
  verdict: Verdict,
): void {
  log(attempt.error === null ? 'info' : 'warn', {
    event: 'delivery_attempted',
    tenant: tenantId,
    run: delivery.run_uid ?? undefined,
    delivery: delivery.id,
    type: event.type.slice(0, 60),
    attempt: attempt.number,
    status: verdict.status,
    http: attempt.response_status,
    error: attempt.error?.class,
    rule: attempt.error?.rule ?? undefined,
    host: new URL(attempt.url).hostname.slice(0, 80),
    address: attempt.address,
    ms: attempt.duration_ms,
  });
}
