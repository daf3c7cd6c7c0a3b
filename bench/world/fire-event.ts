import { ulid } from 'ulid';
import { openFireEventStores } from '../../functions/aws/open-stores';
import type { DeliveryMessage } from '../../functions/contract/messages';
import { fireWebhookEvent } from '../../functions/domain/delivery/fire-event';
import { mostPerSecond } from '../../functions/domain/endpoint/rate';
import { newSigningSecret } from '../../functions/domain/endpoint/signature';
import { anEndpoint } from '../../test/support/builders';
import type { World } from './start-world';

const type = 'campaign.kickoff';

/**
 * Creates an endpoint at `url`.
 *
 * @returns a function that fires an event at the endpoint and returns the queue message of the first attempt
 */
export async function eventFirer(world: World, tenantId: string, url: string): Promise<() => Promise<DeliveryMessage>> {
  const stores = openFireEventStores(world.database);
  const endpoint = anEndpoint({ url, events: [type], max_per_second: mostPerSecond });
  await stores.endpoints.create(tenantId, endpoint, { secret: newSigningSecret(), keyHash: undefined }, new Date());

  const queued: DeliveryMessage[] = [];
  const deps = {
    ...stores,
    queue: {
      send: (messages: readonly DeliveryMessage[]) => {
        queued.push(...messages);
        return Promise.resolve();
      },
    },
  };
  return async () => {
    const run = { id: 1, uid: `run_${ulid()}`, workflow_id: 1 };
    const payload = { campaign: 'Spring Promo', owner: 'marketing' };
    await fireWebhookEvent(deps, { tenantId, run, stepIndex: 0, event: type, payload, now: new Date() });
    const message = queued.pop();
    if (message === undefined) throw new Error('The event matched no endpoint');
    return message;
  };
}

/** The event with which Lambda passes messages of the queue to the function. */
export function batchOf(messages: readonly DeliveryMessage[]) {
  return { Records: messages.map((message, index) => ({ messageId: String(index), body: JSON.stringify(message) })) };
}
