import { useWholeList } from '../parts/list/use-whole-list';
import { pollRuns } from './poll-runs';

/** All workflows of the tenant, read again sooner while the last run of one has not ended. */
export function useWorkflows() {
  return useWholeList({
    route: 'GET workflows',
    load: (call, query) => call('GET workflows', { query }),
    poll: (workflows) => pollRuns(workflows.flatMap(({ last_run: last }) => last ?? [])),
  });
}

/** All workflows of the tenant, to choose one from. */
export function useWorkflowChoice(enabled: boolean) {
  return useWholeList({
    route: 'GET workflows',
    load: (call, query) => call('GET workflows', { query }),
    enabled,
    isSeldomRead: true,
  });
}
