import { useBlocker } from 'react-router';
import { Dialog } from '../../parts/dialog';
import { useUnloadQuestion } from '../../parts/held/use-unload-question';
import { isLeavingToSignIn } from '../../session/leaving';

interface LeaveGuardProps {
  /** Whether there were unsaved changes when the person stopped typing last. */
  readonly when: boolean;
  /** Whether there are unsaved changes at this moment, also if the key before this click made the first of them. */
  readonly isChanged: () => boolean;
  /** Called when the person has chosen to leave. */
  readonly left: () => void;
}

/** Asks before unsaved changes are lost by leaving the page, reloading it or closing the tab. */
export function LeaveGuard({ when, isChanged, left }: LeaveGuardProps) {
  const blocker = useBlocker(isChanged);
  useUnloadQuestion(when, isLeavingToSignIn);
  if (blocker.state !== 'blocked') return null;
  return (
    <Dialog
      header="Leave without saving?"
      close={() => blocker.reset()}
      cancelText="Stay"
      confirmText="Leave"
      confirm={() => {
        left();
        blocker.proceed();
      }}
    >
      Your changes would be lost.
    </Dialog>
  );
}
