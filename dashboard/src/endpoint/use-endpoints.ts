import { useWholeList } from '../parts/list/use-whole-list';

/** All webhook endpoints of the tenant, at most 50. */
export function useEndpoints(enabled = true) {
  return useWholeList({
    route: 'GET webhook-endpoints',
    load: (call, query) => call('GET webhook-endpoints', { query }),
    enabled,
  });
}
