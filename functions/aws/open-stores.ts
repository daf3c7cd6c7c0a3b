import type { Database } from './database';
import { deliveryAttemptStore } from './delivery/attempts';
import { deliveryStore } from './delivery/deliveries';
import { eventStore } from './delivery/events';
import { deliveryListStore } from './delivery/list';
import { paceStore } from './delivery/pace';
import { endpointStore } from './endpoint/endpoints';
import { endpointHealthStore } from './endpoint/health';
import { hostPlaceStore } from './endpoint/host-places';
import { endpointSecretStore } from './endpoint/secrets';
import { reconcileReads } from './reconcile/reads';
import { reconcileRepairs } from './reconcile/repairs';
import { admissionStore } from './run/admission';
import { runListStore } from './run/list';
import { openItemStore } from './run/open-items';
import { runProgressStore } from './run/progress';
import { runStore } from './run/runs';
import { settlementStore } from './run/settlement';
import { auditStore } from './tenant/audit';
import { authorizationStore } from './tenant/authorizations';
import { claimStore } from './tenant/claims';
import { connectedAppStore } from './tenant/connected-apps';
import { dailyCountStore } from './tenant/daily-counts';
import { hourCountStore } from './tenant/hour-counts';
import { limitStore } from './tenant/limits';
import { memberStore } from './tenant/members';
import { requestCounter } from './tenant/request-counter';
import { placeStore } from './tenant/places';
import { tenantStore } from './tenant/tenants';
import { tokenStore } from './tenant/tokens';
import { toolNameStore } from './workflow/tool-names';
import { workflowVersionStore } from './workflow/versions';
import { workflowStore } from './workflow/workflows';

export type RestApiStores = ReturnType<typeof openRestApiStores>;
export type AuthorizationServerStores = ReturnType<typeof openAuthorizationServerStores>;
export type McpServerStores = ReturnType<typeof openMcpServerStores>;

/** Every store, for programs that are not bundled: the operator's command line, the local run and the tests. */
export function openStores(database: Database) {
  return {
    ...openRestApiStores(database),
    ...openRecoverRunsStores(database),
    ...openDeliverWebhookStores(database),
    limits: limitStore(database),
    reconcile: { reads: reconcileReads(database), repairs: reconcileRepairs(database) },
  };
}

export function openRestApiStores(database: Database) {
  return {
    ...openMcpServerStores(database),
    audit: auditStore(database),
    connectedApps: connectedAppStore(database),
    dailyCounts: dailyCountStore(database),
    deliveryList: deliveryListStore(database),
    endpointSecrets: endpointSecretStore(database),
    events: eventStore(database),
    health: endpointHealthStore(database),
    hostPlaces: hostPlaceStore(database),
    hourCounts: hourCountStore(database),
    members: memberStore(database),
    places: placeStore(database),
    progress: runProgressStore(database),
    workflowVersions: workflowVersionStore(database),
  };
}

export function openMcpServerStores(database: Database) {
  return {
    ...openStartRunStores(database),
    deliveries: deliveryStore(database),
    endpoints: endpointStore(database),
    requestCounter: requestCounter(database),
    runList: runListStore(database),
    toolNames: toolNameStore(database),
    tokens: tokenStore(database),
  };
}

export function openAuthorizationServerStores(database: Database) {
  return {
    audit: auditStore(database),
    authorizations: authorizationStore(database),
    connectedApps: connectedAppStore(database),
    dailyCounts: dailyCountStore(database),
    hourCounts: hourCountStore(database),
    members: memberStore(database),
    places: placeStore(database),
    requestCounter: requestCounter(database),
    tenants: tenantStore(database),
    tokens: tokenStore(database),
  };
}

export function openDeliverWebhookStores(database: Database) {
  return {
    ...openFireEventStores(database),
    attempts: deliveryAttemptStore(database),
    audit: auditStore(database),
    health: endpointHealthStore(database),
    paces: paceStore(database),
  };
}

export function openRecoverRunsStores(database: Database) {
  return {
    ...openRunSegmentStores(database),
    audit: auditStore(database),
    openItems: openItemStore(database),
    settlement: settlementStore(database),
  };
}

export function openRunSegmentStores(database: Database) {
  return {
    ...openFireEventStores(database),
    progress: runProgressStore(database),
    runs: runStore(database),
  };
}

export function openReconcileRunsStores(database: Database) {
  return { reads: reconcileReads(database), tenants: tenantStore(database) };
}

/** What `startRun` reads and writes, whichever door the request came through. */
export function openStartRunStores(database: Database) {
  return {
    admission: admissionStore(database),
    claims: claimStore(database),
    runs: runStore(database),
    tenants: tenantStore(database),
    workflows: workflowStore(database),
  };
}

/** What firing an event reads and writes: one row for the event, one for each delivery. */
export function openFireEventStores(database: Database) {
  return {
    deliveries: deliveryStore(database),
    endpoints: endpointStore(database),
    events: eventStore(database),
  };
}
