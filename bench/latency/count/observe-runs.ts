import { startReceiver } from '../../../test/faults/simulation/receiver';
import { aLog, aRecipe, aWebhookStep } from '../../../test/support/builders';
import { observeRun, type ObservedRun } from './observe-run';

/** The runs that the latency bill is made of. */
export interface ObservedRuns {
  /** A log step and a webhook, without a delay. */
  readonly hook: ObservedRun;
  readonly hookWithKey: ObservedRun;
  /** A log step, a delay, and a webhook. */
  readonly page: ObservedRun;
}

export async function observeRuns(): Promise<ObservedRuns> {
  const receiver = await startReceiver();
  try {
    const recipe = aRecipe({ steps: [aLog(), aWebhookStep()] });
    return {
      hook: await observeRun(receiver, recipe),
      hookWithKey: await observeRun(receiver, recipe, { 'idempotency-key': 'order-4711' }),
      page: await observeRun(receiver, aRecipe()),
    };
  } finally {
    await receiver.stop();
  }
}
