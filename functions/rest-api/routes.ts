import type { Route } from '../edge/http/route';
import { cancelRun } from './cancel-run';
import { createToken } from './create-token';
import { createWorkflow } from './create-workflow';
import type { RestApiDeps } from './deps';
import { getHealth } from './get-health';
import { getMe } from './get-me';
import { getOpenApi } from './get-openapi';
import { getReference } from './get-reference';
import { getRun } from './get-run';
import { getToken } from './get-token';
import { getUsage } from './get-usage';
import { getWorkflow } from './get-workflow';
import { getWorkflowVersion } from './get-workflow-version';
import { listAuditEvents } from './list-audit-events';
import { listRuns } from './list-runs';
import { listTokens } from './list-tokens';
import { listWorkflowVersions } from './list-workflow-versions';
import { listWorkflows } from './list-workflows';
import { patchWorkflow } from './patch-workflow';
import { replaceWorkflow } from './replace-workflow';
import { rerunRun } from './rerun-run';
import { revokeToken } from './revoke-token';
import { triggerRun } from './trigger-run';
import { validateRecipe } from './validate-recipe';
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

/** The REST API, route by route. */
export function restRoutes(deps: RestApiDeps): readonly Route[] {
  const routes: readonly Route[] = [
    listWorkflows(deps),
    createWorkflow(deps),
    getWorkflow(deps),
    replaceWorkflow(deps),
    patchWorkflow(deps),
    listWorkflowVersions(deps),
    getWorkflowVersion(deps),
    validateRecipe(),
    triggerRun(deps),
    listRuns(deps),
    getRun(deps),
    cancelRun(deps),
    rerunRun(deps),
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
    getUsage(deps),
    listTokens(deps),
    createToken(deps),
    getToken(deps),
    revokeToken(deps),
    listAuditEvents(deps),
    getMe(deps),
    getHealth(),
    getOpenApi(() => routes),
    getReference(() => routes),
  ];
  return routes;
}
