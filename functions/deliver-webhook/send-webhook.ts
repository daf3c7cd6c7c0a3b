import type { AttemptError } from '../domain/delivery/delivery';
import { checkInTime } from '../guard/check-in-time';
import type { GuardDeps } from '../guard/check-target';
import type { Connect } from '../guard/connect';
import { exchange, type Exchanged, type ExchangeLimits, type WebhookRequest } from './exchange';

export interface SendDeps extends GuardDeps {
  readonly connect: Connect;
  readonly limits: ExchangeLimits;
}

export interface Sent extends Exchanged {
  readonly durationMs: number;
}

export const sendLimits: ExchangeLimits = { connectMs: 5_000, totalMs: 15_000 };

/** Checks the target and sends once. Every webhook is sent here: first attempts, retries, tests and replays. */
export async function sendWebhook(deps: SendDeps, request: WebhookRequest): Promise<Sent> {
  const startedMs = performance.now();
  const deadline = new AbortController();
  const timer = setTimeout(() => {
    deadline.abort();
  }, deps.limits.totalMs);
  try {
    const exchanged = await checkAndSend(deps, request, deadline.signal);
    return { ...exchanged, durationMs: Math.round(performance.now() - startedMs) };
  } finally {
    clearTimeout(timer);
  }
}

async function checkAndSend(deps: SendDeps, request: WebhookRequest, deadline: AbortSignal): Promise<Exchanged> {
  const checked = await checkInTime(deps, request.url, deadline);
  if ('error' in checked) return nothingSent(checked.error);
  return exchange(deps.connect, checked.target, request, deps.limits, deadline);
}

function nothingSent(error: AttemptError): Exchanged {
  return { address: null, status: null, retryAfter: null, excerpt: null, error };
}
