import type { DeliveryStore } from '../aws/delivery/deliveries';
import type { EventStore } from '../aws/delivery/events';
import type { DeliveryListStore } from '../aws/delivery/list';
import type { EndpointStore } from '../aws/endpoint/endpoints';
import type { EndpointHealthStore } from '../aws/endpoint/health';
import type { AdmissionStore } from '../aws/run/admission';
import type { Executions } from '../aws/run/executions';
import type { RunListStore } from '../aws/run/list';
import type { RunProgressStore } from '../aws/run/progress';
import type { RunStore } from '../aws/run/runs';
import type { AuditStore } from '../aws/tenant/audit';
import type { ClaimStore } from '../aws/tenant/claims';
import type { MemberStore } from '../aws/tenant/members';
import type { TenantStore } from '../aws/tenant/tenants';
import type { TokenStore } from '../aws/tenant/tokens';
import type { WorkflowVersionStore } from '../aws/workflow/versions';
import type { WorkflowStore } from '../aws/workflow/workflows';
import type { DeliveryQueue } from '../domain/delivery/dispatch';
import type { StartRunDeps } from '../domain/run/start-run-stores';
import type { HttpChainDeps } from '../edge/http-chain';

/** All that the routes are handed; each takes the part it needs. */
export interface RestApiDeps extends HttpChainDeps, Omit<StartRunDeps, 'now'> {
  readonly admission: AdmissionStore;
  readonly audit: AuditStore;
  readonly claims: ClaimStore;
  readonly deliveries: DeliveryStore;
  readonly deliveryList: DeliveryListStore;
  readonly endpoints: EndpointStore;
  readonly events: EventStore;
  readonly executions: Executions;
  readonly health: EndpointHealthStore;
  readonly members: MemberStore;
  readonly progress: RunProgressStore;
  readonly queue: DeliveryQueue;
  readonly runList: RunListStore;
  readonly runs: RunStore;
  readonly tenants: TenantStore;
  readonly tokens: TokenStore;
  readonly workflows: WorkflowStore;
  readonly workflowVersions: WorkflowVersionStore;
  /** Host names of this product besides the one a request came to: never webhook targets. */
  readonly ownHosts: readonly string[];
  /** Set by the local run: the one origin that webhooks may reach although it is not public https. */
  readonly localInboxOrigin: string | undefined;
  readonly newUlid: () => string;
  readonly sleep: (ms: number) => Promise<void>;
}
