import type { McpServerStores } from '../aws/open-stores';
import type { Executions } from '../aws/run/executions';
import type { StartRunDeps } from '../domain/run/start-run-stores';
import type { McpDoorDeps } from './mcp-door';

/** All that the tools are handed; each takes the part it needs. The same stores as the REST API's. */
export interface McpServerDeps extends McpServerStores, Omit<McpDoorDeps & StartRunDeps, keyof McpServerStores> {
  readonly executions: Executions;
  readonly sleep: (ms: number) => Promise<void>;
}
