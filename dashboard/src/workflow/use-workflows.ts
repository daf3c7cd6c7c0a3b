import { useWholeList } from '../parts/list/use-whole-list';

const livePollMs = 2_000;

/** All workflows; read again while the last run of one is open. */
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
