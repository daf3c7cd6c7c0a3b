import { hasAccess, type Access, type Caller } from '../../edge/http/caller';

/** What every route needs that changes webhook endpoints. */
export const changesEndpoints: Access = { scope: 'webhooks:write', permission: 'manage_agents' };

/** Whether the caller could change an endpoint, and so may see the query of its URL. */
export function mayChangeEndpoints(caller: Caller): boolean {
  return hasAccess(caller, changesEndpoints);
}
