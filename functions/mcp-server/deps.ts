import type { DeliveryStore } from '../aws/delivery/deliveries';
import type { EndpointStore } from '../aws/endpoint/endpoints';
import type { AdmissionStore } from '../aws/run/admission';
import type { Executions } from '../aws/run/executions';
import type { RunListStore } from '../aws/run/list';
import type { RunStore } from '../aws/run/runs';
import type { ClaimStore } from '../aws/tenant/claims';
import type { TenantStore } from '../aws/tenant/tenants';
import type { TokenStore } from '../aws/tenant/tokens';
import type { WorkflowStore } from '../aws/workflow/workflows';
import type { StartRunDeps } from '../domain/run/start-run-stores';
import type { McpDoorDeps } from './mcp-door';

/** The dependencies of all tools; each tool takes the part it needs. The stores are those of the REST API. */
export interface McpServerDeps extends McpDoorDeps, Omit<StartRunDeps, 'now'> {
  readonly admission: AdmissionStore;
  readonly claims: ClaimStore;
  readonly deliveries: DeliveryStore;
  readonly endpoints: EndpointStore;
  readonly executions: Executions;
  readonly runList: RunListStore;
  readonly runs: RunStore;
  readonly tenants: TenantStore;
  readonly tokens: TokenStore;
  readonly workflows: WorkflowStore;
  readonly sleep: (ms: number) => Promise<void>;
}
