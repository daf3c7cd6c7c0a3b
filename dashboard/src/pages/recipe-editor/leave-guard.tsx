import { useEffect, type RefObject } from 'react';
import { useBlocker } from 'react-router';
import { Dialog } from '../../parts/dialog';
import { isLeavingToSignIn } from '../../session/leaving';

/** Asks before unsaved changes are lost by leaving the page, reloading it or closing the tab. */
export function LeaveGuard({ when, saved }: { when: boolean; saved: RefObject<boolean> }) {
  // A ref, because saving leaves the page before the next render, in which `when` would be false.
  const blocker = useBlocker(() => when && !saved.current);
  useEffect(() => {
    if (!when) return undefined;
    const ask = (event: BeforeUnloadEvent) => isLeavingToSignIn() || event.preventDefault();
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
      Your changes would be lost.
    </Dialog>
  );
}
