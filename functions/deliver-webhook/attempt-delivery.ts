import type { DeliveryAttemptStore } from '../aws/delivery/attempts';
import type { DeliveryMessage } from '../contract/messages';
import { addSeconds } from '../domain/day';
import type { Attempt, Delivery } from '../domain/delivery/delivery';
import type { DeliveryQueue } from '../domain/delivery/dispatch';
import { traceOf, type WebhookEvent } from '../domain/delivery/event';
import { ended, judgeAttempt, type Verdict } from '../domain/delivery/outcome';
import { waitUntil } from '../domain/delivery/wait-until';
import { withoutValues } from '../domain/endpoint/custom-headers';
import { attemptLeaseSeconds } from '../domain/timetable';
import { traceIdOf } from '../domain/traceparent';
import type { Log } from '../edge/log/log';
import { followHealth, type HealthDeps } from './follow-health';
import { openAttempt } from './open-attempt';
import { prepareRequest } from './prepare-request';
import { sendWebhook, type SendDeps, type Sent } from './send-webhook';
import type { TakeTurn, TurnDeps } from './take-turns';

export interface AttemptDeps extends HealthDeps, TurnDeps {
  readonly attempts: DeliveryAttemptStore;
  readonly queue: DeliveryQueue;
  readonly send: SendDeps;
  /** Seconds to wait after each failed attempt. */
  readonly schedule: readonly number[];
  readonly now: () => Date;
  readonly log: Log;
}

/** What one attempt adds to the metrics of its batch. */
export interface Attempted {
  /** The error class of the attempt, or `delivered`. */
  readonly code: string;
  /** Milliseconds from the time it was due to the time it began. */
  readonly waitedMs: number;
}

/**
 * Makes the attempt that a queue message asks for, once: opens it, sends the request, records the outcome and
 * schedules the next attempt. A message is dropped if its attempt was made or is in progress, or if its delivery has
 * ended. If it is not the attempt's turn, another message comes at its turn.
 *
 * @param takeTurn shared by the messages of a batch
 * @returns undefined if nothing was to be done
 * @throws if the table fails. The message becomes visible again, and a request that was not recorded is sent again with
 *   the same id.
 */
export async function attemptDelivery(
  deps: AttemptDeps,
  takeTurn: TakeTurn,
  message: DeliveryMessage,
): Promise<Attempted | 'waits' | undefined> {
  const { tenant_id: tenantId } = message;
  const at = deps.now();
  const token = deps.newToken();
  const lease = { token, until: addSeconds(at, attemptLeaseSeconds).toISOString() };
  const opened = await openAttempt(deps.attempts, takeTurn, message, { lease, at });
  if (opened === undefined) return undefined;
  const { delivery, endpoint: found, event } = opened;

  if (found === undefined) return end(deps, tenantId, delivery, token, ended('failed', 'endpoint_deleted'));
  if (found.endpoint.status === 'disabled' && delivery.trigger === 'event') {
    await followHealth(deps, tenantId, found.endpoint, delivery, undefined);
    return end(deps, tenantId, delivery, token, ended('failed', 'endpoint_disabled'));
  }

  const turn = await opened.turnAt(found.endpoint);
  if (turn !== 'now') return waitForTurn(deps, message, token, { turn, dueAt: delivery.due_at });

  const request = prepareRequest(delivery, event, found, { at, token });
  const sent = await sendWebhook(deps.send, request);
  const attempt = toAttempt(delivery, request, sent, at);
  const verdict = judgeAttempt(
    { trigger: delivery.trigger, attemptsMade: attempt.number, outcome: sent, at: deps.now(), dueAt: delivery.due_at },
    deps.schedule,
    deps.random,
  );
  logAttempt(deps.log, tenantId, delivery, event, attempt, verdict);
  // Written before the outcome: if this process dies in between, the repeated attempt completes both.
  await followHealth(deps, tenantId, found.endpoint, delivery, sent);
  const recorded = await deps.attempts.record(tenantId, delivery, token, { verdict, attempt });
  if (recorded && verdict.queueDelaySeconds !== null) {
    const next = { tenant_id: tenantId, delivery_id: delivery.id, attempts: attempt.number };
    await deps.queue.send([next], { delaySeconds: verdict.queueDelaySeconds });
  }
  const dueAt = delivery.next_attempt_at === null ? at : new Date(delivery.next_attempt_at);
  return { code: codeOf(attempt), waitedMs: Math.max(0, at.getTime() - dueAt.getTime()) };
}

function codeOf({ error }: Attempt): string {
  return error?.class ?? 'delivered';
}

/**
 * Puts an attempt off until its turn, with a new message, because a message that is returned to the queue would come
 * nearer to the dead-letter queue. A turn that is too far off for a message is left to recovery.
 */
async function waitForTurn(
  { attempts, queue, now }: AttemptDeps,
  message: DeliveryMessage,
  token: string,
  { turn, dueAt: oldDueAt }: { readonly turn: Date; readonly dueAt: string | undefined },
): Promise<'waits'> {
  const { dueAt, queueDelaySeconds } = waitUntil(turn, now(), oldDueAt);
  await attempts.wait(message.tenant_id, message.delivery_id, token, { turn: turn.toISOString(), dueAt });
  // The turn of an attempt that has waited is another one than the message asked for.
  const again = { tenant_id: message.tenant_id, delivery_id: message.delivery_id, attempts: message.attempts };
  if (queueDelaySeconds !== null) await queue.send([again], { delaySeconds: queueDelaySeconds });
  return 'waits';
}

/** Ends a delivery whose endpoint accepts no attempt. */
async function end(
  deps: AttemptDeps,
  tenantId: string,
  delivery: Delivery,
  token: string,
  verdict: Verdict,
): Promise<undefined> {
  deps.log('info', {
    event: 'delivery_ended',
    tenant: tenantId,
    run: delivery.run_uid ?? undefined,
    delivery: delivery.id,
    endpoint: delivery.endpoint_id,
    reason: verdict.endedReason,
    type: delivery.event,
  });
  await deps.attempts.record(tenantId, delivery, token, { verdict, attempt: undefined });
  return undefined;
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
    request_headers: withoutValues(request.headers),
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
  const { error, response_status: http } = attempt;
  log(error === null ? 'info' : 'warn', {
    event: 'delivery_attempted',
    tenant: tenantId,
    run: delivery.run_uid ?? undefined,
    workflow: event.run?.workflow_id,
    request_id: event.origin?.request_id,
    ms: attempt.duration_ms,
    delivery: delivery.id,
    code: codeOf(attempt),
    endpoint: delivery.endpoint_id,
    attempt: attempt.number,
    type: event.type,
    // What `delivered` says already is left out, and so is the status of a delivery that is attempted again.
    status: error === null || verdict.status === 'pending' ? undefined : verdict.status,
    http: error === null ? undefined : (http ?? undefined),
    rule: error?.rule ?? undefined,
    trace: traceIdOf(traceOf(event)),
  });
}
