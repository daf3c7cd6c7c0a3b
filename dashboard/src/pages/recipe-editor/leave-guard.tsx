import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, type RefObject } from 'react';
import { useBlocker } from 'react-router';

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
    <Modal
      visible
      header="Leave without saving?"
      onDismiss={() => blocker.reset()}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={() => blocker.reset()}>
              Stay
            </Button>
            <Button variant="primary" onClick={() => blocker.proceed()}>
              Leave
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      The changes made here would be lost.
    </Modal>
  );
}
