import { idlePace } from '../api/pace';
import { useWholeList } from '../parts/list/use-whole-list';

/** All webhook endpoints of the tenant, at most 50. */
export function useEndpoints(enabled = true) {
  return useWholeList({
    route: 'GET webhook-endpoints',
    load: (call, query) => call('GET webhook-endpoints', { query }),
    enabled,
    isSeldomRead: true,
  });
}

/** All webhook endpoints with their present health. */
export function useLiveEndpoints() {
  return useWholeList({
    route: 'GET webhook-endpoints',
    load: (call, query) => call('GET webhook-endpoints', { query }),
    poll: idlePace,
  });
}
