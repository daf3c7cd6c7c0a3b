import type { StartedRun } from '../api/routes';
import { GoButton } from '../parts/go';
import { useNotices } from '../parts/notices';

/** Shows the notice that a run was accepted, with a link that opens the run. */
export function useRunNotice(): (run: StartedRun) => void {
  const { notify } = useNotices();
  return ({ id }) =>
    notify({
      type: 'success',
      content: `Workflow run #${id} queued.`,
      action: <GoButton to={`/workflow-runs/${id}`}>View run</GoButton>,
    });
}
