import { productVersion } from '../contract/version';
import type { Delivery } from '../domain/delivery/delivery';
import { bodyOf, traceOf, type WebhookEvent } from '../domain/delivery/event';
import { activeSecrets, type Endpoint, type SigningSecrets } from '../domain/endpoint/endpoint';
import { signatureHeader } from '../domain/endpoint/signature';
import { nextHop } from '../domain/traceparent';
import type { WebhookRequest } from './exchange';

/**
 * Makes the request of one attempt. Id and body are the same on every attempt and replay; time and signature are new,
 * and the URL, headers and secrets are those that the endpoint has now.
 */
export function prepareRequest(
  delivery: Delivery,
  event: WebhookEvent,
  { endpoint, secrets }: { endpoint: Endpoint; secrets: SigningSecrets },
  attempt: { readonly at: Date; readonly token: string },
): WebhookRequest {
  const { at, token } = attempt;
  const body = bodyOf(event, delivery.body);
  const timestampSeconds = Math.floor(at.getTime() / 1000);
  return {
    url: endpoint.url,
    body,
    headers: {
      // Custom headers come first, so that they cannot replace those below. Reserved names were refused at
      // registration.
      ...endpoint.headers,
      'content-type': 'application/json',
      'user-agent': `coffield-workflows/${productVersion}`,
      'webhook-id': delivery.id,
      'webhook-timestamp': String(timestampSeconds),
      'webhook-signature': signatureHeader(activeSecrets(secrets, at), { id: delivery.id, timestampSeconds, body }),
      traceparent: nextHop(traceOf(event), token),
      'workflow-event': event.type,
      ...(event.run && { 'workflow-run-id': String(event.run.id), 'workflow-run-uid': event.run.uid }),
    },
  };
}
