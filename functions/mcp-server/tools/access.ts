import type { Access } from '../../edge/http/caller';
import type { Tool } from './tool';

/** Every token that the door lets in may read. */
const accessOf: Readonly<Record<Tool['access'], Access>> = {
  reads: { scope: 'any', permission: 'viewer' },
  starts_runs: { scope: 'mcp', permission: 'manage_agents' },
};

/** What a caller needs in order to call a tool. */
export function accessTo({ access }: Pick<Tool, 'access'>): Access {
  return accessOf[access];
}
