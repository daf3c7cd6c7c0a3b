import { publicConnector } from '../../functions/guard/connect';
import { sendLimits, sendWebhook, type SendDeps } from '../../functions/deliver-webhook/send-webhook';
import { newSigningSecret, signatureHeader } from '../../functions/domain/endpoint/signature';
import { loopback } from '../../local/listen';
import { sentBody, sentId, type Receiver } from './receiver';

/** The address to which the name resolves, so that the guard has one to check. The connection goes to this machine. */
const publicAddress = '93.184.216.34';

/** Sends a webhook to a receiver on this machine with the product's own code. */
export function guardedSender({ host, port, ca }: Receiver): () => Promise<void> {
  const connect = publicConnector({ ca, port });
  const deps: SendDeps = {
    resolve: () => Promise.resolve([publicAddress]),
    connect: (target, signal) => connect({ ...target, addresses: [loopback] }, signal),
    policy: { ownHosts: [], localInboxOrigin: undefined },
    limits: sendLimits,
  };
  const secrets = [newSigningSecret()];
  return async () => {
    const timestampSeconds = Math.floor(Date.now() / 1000);
    const { status, error } = await sendWebhook(deps, {
      url: `https://${host}/in`,
      body: sentBody,
      headers: {
        'content-type': 'application/json',
        'webhook-id': sentId,
        'webhook-timestamp': String(timestampSeconds),
        'webhook-signature': signatureHeader(secrets, { id: sentId, timestampSeconds, body: sentBody }),
      },
    });
    if (status !== 200) throw new Error(`The receiver answered ${status}: ${error?.detail ?? ''}`);
  };
}
