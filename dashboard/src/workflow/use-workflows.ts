import { useWholeList } from '../parts/list/use-whole-list';

const livePollMs = 2_000;

/** All workflows of the tenant, refreshed while the last run of one has not ended. */
export function useWorkflows() {
  return useWholeList({
    route: 'GET workflows',
    load: (call, query) => call('GET workflows', { query }),
    poll: (workflows) =>
      workflows.some(({ last_run: last }) => last?.status === 'queued' || last?.status === 'running')
        ? livePollMs
        : false,
  });
}
