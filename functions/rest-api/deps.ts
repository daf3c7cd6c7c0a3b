import type { AdmissionStore } from '../aws/admission';
import type { AuditStore } from '../aws/audit';
import type { ClaimStore } from '../aws/claims';
import type { DeliveryStore } from '../aws/deliveries';
import type { DeliveryListStore } from '../aws/delivery-list';
import type { DeliveryQueue } from '../aws/delivery-queue';
import type { EndpointHealthStore } from '../aws/endpoint-health';
import type { EndpointStore } from '../aws/endpoints';
import type { EventStore } from '../aws/events';
import type { Executions } from '../aws/executions';
import type { MemberStore } from '../aws/members';
import type { RunListStore } from '../aws/run-list';
import type { RunProgressStore } from '../aws/run-progress';
import type { RunStore } from '../aws/runs';
import type { TenantStore } from '../aws/tenants';
import type { TokenStore } from '../aws/tokens';
import type { WorkflowVersionStore } from '../aws/workflow-versions';
import type { WorkflowStore } from '../aws/workflows';
import type { RecordChange } from '../domain/record-change';
import type { HttpChainDeps } from '../edge/http-chain';
import type { StartRunDeps } from '../domain/start-run';

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
  /** How every route makes a change. */
  readonly record: RecordChange;
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
