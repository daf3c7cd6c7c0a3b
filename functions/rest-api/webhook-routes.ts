import type { Route } from '../edge/route';
import type { RestApiDeps } from './deps';
import { createWebhookEndpoint } from './webhook-create-endpoint';
import { deleteWebhookEndpoint } from './webhook-delete-endpoint';
import { getWebhookDelivery } from './webhook-get-delivery';
import { getWebhookEndpoint } from './webhook-get-endpoint';
import { listWebhookDeliveries } from './webhook-list-deliveries';
import { listWebhookEndpoints } from './webhook-list-endpoints';
import { patchWebhookEndpoint } from './webhook-patch-endpoint';
import { redeliverWebhook } from './webhook-redeliver';
import { redeliverFailedWebhooks } from './webhook-redeliver-failed';
import { rotateWebhookSecret } from './webhook-rotate-secret';
import { testWebhookEndpoint } from './webhook-test-endpoint';

/** Webhook endpoints and their deliveries, route by route. */
export function webhookRoutes(deps: RestApiDeps): readonly Route[] {
  return [
    listWebhookEndpoints(deps),
    createWebhookEndpoint(deps),
    getWebhookEndpoint(deps),
    patchWebhookEndpoint(deps),
    deleteWebhookEndpoint(deps),
    rotateWebhookSecret(deps),
    testWebhookEndpoint(deps),
    redeliverFailedWebhooks(deps),
    listWebhookDeliveries(deps),
    getWebhookDelivery(deps),
    redeliverWebhook(deps),
  ];
}
