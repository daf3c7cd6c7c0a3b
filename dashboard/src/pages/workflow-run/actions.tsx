import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { RunDetail } from '../../api/routes';
import { CancelRunsDialog } from '../../run/cancel-runs-dialog';
import { isOpen } from '../../run/open';
import { RerunRunsDialog } from '../../run/rerun-runs-dialog';
import { useSession } from '../../session/session';

/** The buttons that cancel a run that has not ended, and re-run it. */
export function RunActions({ run }: { run: RunDetail }) {
  const { mayManage } = useSession();
  const [dialog, setDialog] = useState<'cancel' | 'rerun'>();
  const close = () => setDialog(undefined);
  if (!mayManage) return null;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {isOpen(run) && <Button onClick={() => setDialog('cancel')}>Cancel run</Button>}
      <Button onClick={() => setDialog('rerun')}>Re-run</Button>
      {dialog === 'cancel' && <CancelRunsDialog runs={[run]} close={close} />}
      {dialog === 'rerun' && <RerunRunsDialog runs={[run]} close={close} />}
    </SpaceBetween>
  );
}
