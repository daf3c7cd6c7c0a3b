import { useEffect, type RefObject } from 'react';
import { useBlocker } from 'react-router';
import { Dialog } from '../../parts/dialog';

/** Asks before unsaved work is lost by going elsewhere, reloading or closing the tab. */
export function LeaveGuard({ when, saved }: { when: boolean; saved: RefObject<boolean> }) {
  // Saving leaves in the same breath, before anything is drawn again.
  const blocker = useBlocker(() => when && !saved.current);
  useEffect(() => {
    if (!when) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [when]);
  if (blocker.state !== 'blocked') return null;
  return (
    <Dialog
      header="Leave without saving?"
      close={() => blocker.reset()}
      cancelText="Stay"
      confirmText="Leave"
      confirm={() => blocker.proceed()}
    >
      The changes made here would be lost.
    </Dialog>
  );
}
