import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Run } from '../api/routes';
import { readAgain, useApi } from '../api/use-api';
import { BulkDialog } from '../parts/list/bulk-dialog';
import { useNotices } from '../parts/notices';
import { plural } from '../parts/plural';
import { useForEach } from '../parts/use-for-each';
import { isOpen } from './columns';

/** Cancels those of the runs that have not ended. */
export function CancelRunsDialog({ runs, close }: { runs: readonly Run[]; close: () => void }) {
  const call = useApi();
  const queries = useQueryClient();
  const { notify } = useNotices();
  // As they were when it was asked: the list behind goes on changing.
  const [open] = useState(() => runs.filter(isOpen));
  const ended = runs.length - open.length;
  const { outcomes, isAtWork, start } = useForEach((run: Run) =>
    call('POST workflow-runs/{id}/cancel', { id: run.id }),
  );

  const confirm = async () => {
    const done = await start(open);
    await readAgain(queries, ['workflow-runs', 'workflows']);
    if (done.some(({ problem }) => problem !== undefined)) return;
    close();
    notify({ type: 'success', content: `${plural(done.length, 'run')} cancelled.` });
  };
  return (
    <BulkDialog
      header={`Cancel ${plural(open.length, 'run')}?`}
      confirmText={`Cancel ${plural(open.length, 'run')}`}
      keepText={open.length === 1 ? 'Let it run' : 'Let them run'}
      thing={['run', 'runs']}
      nameOf={({ id }) => `#${id}`}
      count={open.length}
      {...{ outcomes, isAtWork, close }}
      confirm={() => void confirm()}
    >
      {open.map(({ id }) => `#${id}`).join(', ')} will perform no further step. Steps already performed stay performed,
      and a cancelled run still counts against the daily run cap.
      {ended > 0 && ` ${plural(ended, 'selected run')} ended already and will be left alone.`}
    </BulkDialog>
  );
}
