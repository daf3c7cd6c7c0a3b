import { deliveryAttemptStore } from '../../functions/aws/delivery/attempts';
import { addSeconds } from '../../functions/domain/day';
import { judgeAttempt, type AttemptOutcome } from '../../functions/domain/delivery/outcome';
import { signatureHeader } from '../../functions/domain/endpoint/signature';
import type { Rest } from './rest';

const outcomes = {
  delivered: { status: 200, retryAfter: null, error: null },
  failed: {
    status: 410,
    retryAfter: null,
    error: { class: 'http_status', rule: null, detail: 'The receiver answered 410.' },
  },
  blocked: { status: null, retryAfter: null, error: { class: 'blocked_address', rule: 'loopback', detail: 'x' } },
} as const satisfies Record<string, AttemptOutcome>;

export type Outcome = keyof typeof outcomes;

/** Records the attempt that is due, as the delivery function does. */
export async function attemptDelivery(
  rest: Pick<Rest, 'table' | 'clock' | 'deps'>,
  { tenantId, deliveryId, secret }: { tenantId: string; deliveryId: string; secret: string },
  how: Outcome,
): Promise<void> {
  const store = deliveryAttemptStore(rest.table);
  const now = rest.clock.now();
  const { attempts_made: made = 0 } = (await rest.deps.deliveries.get(tenantId, deliveryId, now)) ?? {};
  const lease = { token: 'token', until: addSeconds(now, 30).toISOString() };
  const delivery = await store.claim({ tenant_id: tenantId, delivery_id: deliveryId, attempts: made }, lease, now);
  const { event } = await store.context(tenantId, delivery!.id);
  const timestampSeconds = Math.floor(now.getTime() / 1000);
  const outcome = outcomes[how];
  await store.record(tenantId, delivery!, 'token', {
    verdict: judgeAttempt(
      { trigger: delivery!.trigger, attemptsMade: made + 1, outcome, at: now, dueAt: delivery!.due_at },
      [5, 300],
      () => 0,
    ),
    attempt: {
      number: made + 1,
      trigger: delivery!.trigger,
      at: now.toISOString(),
      duration_ms: 12,
      url: delivery!.url,
      request_headers: {
        'webhook-id': deliveryId,
        'webhook-timestamp': String(timestampSeconds),
        'webhook-signature': signatureHeader([secret], {
          id: deliveryId,
          timestampSeconds,
          body: event.envelope!,
        }),
      },
      address: outcome.status === null ? null : '93.184.216.34',
      response_status: outcome.status,
      response_excerpt: null,
      error: outcome.error,
    },
  });
}
