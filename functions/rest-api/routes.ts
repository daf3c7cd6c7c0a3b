import type { Route } from '../edge/http/route';
import { getHealth } from './api/get-health';
import { getWebhookDelivery } from './delivery/get-delivery';
import { listWebhookDeliveries } from './delivery/list-deliveries';
import { redeliverWebhook } from './delivery/redeliver';
import { redeliverFailedWebhooks } from './delivery/redeliver-failed';
import { testWebhookEndpoint } from './delivery/test-endpoint';
import type { RestApiDeps } from './deps';
import { createWebhookEndpoint } from './endpoint/create-endpoint';
import { deleteWebhookEndpoint } from './endpoint/delete-endpoint';
import { getWebhookEndpoint } from './endpoint/get-endpoint';
import { listWebhookEndpoints } from './endpoint/list-endpoints';
import { patchWebhookEndpoint } from './endpoint/patch-endpoint';
import { rotateWebhookSecret } from './endpoint/rotate-secret';
import { expirePreviousSecret } from './endpoint/expire-previous-secret';
import { cancelRun } from './run/cancel-run';
import { getRun } from './run/get-run';
import { listRuns } from './run/list-runs';
import { rerunRun } from './run/rerun-run';
import { triggerRun } from './run/trigger-run';
import { createToken } from './tenant/create-token';
import { getConnectedApp } from './tenant/get-connected-app';
import { getMe } from './tenant/get-me';
import { getToken } from './tenant/get-token';
import { getUsage } from './tenant/get-usage';
import { listAuditEvents } from './tenant/list-audit-events';
import { listConnectedApps } from './tenant/list-connected-apps';
import { listTokens } from './tenant/list-tokens';
import { revokeConnectedApp } from './tenant/revoke-connected-app';
import { revokeToken } from './tenant/revoke-token';
import { createWorkflow } from './workflow/create-workflow';
import { getWorkflow } from './workflow/get-workflow';
import { getWorkflowVersion } from './workflow/get-workflow-version';
import { listWorkflowVersions } from './workflow/list-workflow-versions';
import { listWorkflows } from './workflow/list-workflows';
import { patchWorkflow } from './workflow/patch-workflow';
import { replaceWorkflow } from './workflow/replace-workflow';
import { validateRecipe } from './workflow/validate-recipe';

/** All routes of the REST API. */
export function restRoutes(deps: RestApiDeps): readonly Route[] {
  return [
    listWorkflows(deps),
    createWorkflow(deps),
    getWorkflow(deps),
    replaceWorkflow(deps),
    patchWorkflow(deps),
    listWorkflowVersions(deps),
    getWorkflowVersion(deps),
    validateRecipe(deps),
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
    expirePreviousSecret(deps),
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
    listConnectedApps(deps),
    getConnectedApp(deps),
    revokeConnectedApp(deps),
    listAuditEvents(deps),
    getMe(deps),
    getHealth(),
  ];
}
