import type { McpServerStores } from '../aws/open-stores';
import type { Executions } from '../aws/run/executions';
import type { Run } from '../domain/run/run';
import type { StartRunDeps } from '../domain/run/start-run-signature';
import type { WaitDeps } from '../domain/run/wait-for-run';
import type { RequestRateDeps } from '../edge/access/request-rate';
import type { McpDoorDeps } from './mcp-door';

/** The dependencies of all tools; each tool takes the part it needs. The stores are those of the REST API. */
export interface McpServerDeps
  extends McpServerStores, Omit<McpDoorDeps & RequestRateDeps & StartRunDeps, keyof McpServerStores> {
  readonly executions: Executions;
  readonly waiting: WaitDeps<Run>['waiting'];
  readonly sleep: (ms: number) => Promise<void>;
}
