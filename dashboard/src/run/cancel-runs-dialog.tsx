import { useState } from 'react';
import type { Run } from '../api/routes';
import { useIdempotencyKeys } from '../api/use-idempotency-keys';
import { BulkDialog } from '../parts/list/bulk-dialog';
import { useNotices } from '../parts/notices';
import { plural } from '../parts/plural';
import { isOpen } from './open';

/** More numbers than this are not read by anybody. */
const mostNamed = 20;

interface CancelRunsDialogProps {
  readonly runs: readonly Run[];
  readonly close: () => void;
  /** Called with the runs that were not cancelled. */
  readonly undone?: (runs: readonly Run[]) => void;
}

/** Cancels those of the runs that have not ended. */
export function CancelRunsDialog({ runs, close, undone }: CancelRunsDialogProps) {
  const { notify } = useNotices();
  const keyOf = useIdempotencyKeys();
  // Fixed when the dialog opens, because the list behind it is refreshed and runs may end in the meantime.
  const [open] = useState(() => runs.filter(isOpen));
  const [ended] = useState(runs.length - open.length);
  const cancel = `Cancel ${plural(open.length, 'run')}`;
  return (
    <BulkDialog
      header={`${cancel}?`}
      confirmText={cancel}
      cancelText={open.length === 1 ? 'Let it run' : 'Let them run'}
      noun={['run', 'runs']}
      nameOf={({ id }) => `#${id}`}
      items={open}
      act={(call, { id }) => call('POST workflow-runs/{id}/cancel', { id, idempotencyKey: keyOf({ id }) })}
      changedRoutes={['workflow-runs', 'workflows']}
      done={({ length }) => notify({ type: 'success', content: `${plural(length, 'run')} cancelled.` })}
      undone={undone}
      close={close}
    >
      {named(open)} will perform no more steps. Steps already performed are not undone, and a cancelled run still counts
      against the daily run cap.
      {ended > 0 && ` ${plural(ended, 'selected run has', 'selected runs have')} already ended and will not change.`}
    </BulkDialog>
  );
}

function named(runs: readonly Run[]): string {
  const numbers = runs.slice(0, mostNamed).map(({ id }) => `#${id}`);
  const others = runs.length - numbers.length;
  return `${numbers.join(', ')}${others > 0 ? ` and ${plural(others, 'other run')}` : ''}`;
}
