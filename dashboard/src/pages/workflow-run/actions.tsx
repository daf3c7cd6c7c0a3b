import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { RunDetail } from '../../api/routes';
import { CancelRunsDialog } from '../../run/cancel-runs-dialog';
import { isOpen } from '../../run/columns';
import { RerunRunsDialog } from '../../run/rerun-runs-dialog';
import { useSession } from '../../session/session';

/** Cancel while it can be, and start again. */
export function RunActions({ run }: { run: RunDetail }) {
  const { mayManage } = useSession();
  const [asked, setAsked] = useState<'cancel' | 'rerun'>();
  const close = () => setAsked(undefined);
  if (!mayManage) return null;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {isOpen(run) && <Button onClick={() => setAsked('cancel')}>Cancel run</Button>}
      <Button onClick={() => setAsked('rerun')}>Re-run</Button>
      {asked === 'cancel' && <CancelRunsDialog runs={[run]} close={close} />}
      {asked === 'rerun' && <RerunRunsDialog runs={[run]} close={close} />}
    </SpaceBetween>
  );
}
