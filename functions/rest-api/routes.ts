import type { Route } from '../edge/route';
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
import { webhookRoutes } from './webhook-routes';

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
    ...webhookRoutes(deps),
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
