import { isVerified } from './verify';

/** The endpoint that a webhook was sent for, and the secrets that its receiver has. */
interface Sender {
  readonly tenantId: string;
  readonly endpointId: string;
  readonly secrets: readonly string[];
}

/** What the table contains about a delivery. */
export interface KnownDelivery extends Sender {
  readonly event: string;
}

export type FindDelivery = (webhookId: string) => Promise<KnownDelivery | undefined>;

interface Sent {
  readonly tenantId: string | null;
  readonly endpointId: string | null;
  /** Undefined if the table was not asked. */
  readonly event: string | undefined;
  readonly verified: boolean;
}

export type FindSender = (headers: Readonly<Record<string, string>>, body: string) => Promise<Sent>;

/** The endpoints whose webhooks came last. Others are found in the table again. */
const rememberedLimit = 20;

/**
 * Tells who sent a webhook. Finding its delivery takes a dozen reads, which would be a quarter of all that a run reads. So
 * the secrets of earlier senders are tried first: only the product has them, so a signature that verifies is proof
 * enough. One that does not verify is looked up, because its sender may be new or have a new secret.
 */
export function rememberSenders(findDelivery: FindDelivery): FindSender {
  /** In the order of their last webhook. */
  const remembered = new Map<string, Sender>();

  function remember(sender: Sender): void {
    remembered.delete(sender.endpointId);
    remembered.set(sender.endpointId, sender);
    const [oldest] = remembered.keys();
    if (remembered.size > rememberedLimit && oldest !== undefined) remembered.delete(oldest);
  }

  return async (headers, body) => {
    const earlier = [...remembered.values()].findLast(({ secrets }) => isVerified(secrets, headers, body));
    if (earlier) {
      remember(earlier);
      return { tenantId: earlier.tenantId, endpointId: earlier.endpointId, event: undefined, verified: true };
    }
    const webhookId = headers['webhook-id'];
    const delivery = webhookId === undefined ? undefined : await findDelivery(webhookId);
    const verified = isVerified(delivery?.secrets ?? [], headers, body);
    if (delivery && verified) remember(delivery);
    return {
      tenantId: delivery?.tenantId ?? null,
      endpointId: delivery?.endpointId ?? null,
      event: delivery?.event,
      verified,
    };
  };
}
