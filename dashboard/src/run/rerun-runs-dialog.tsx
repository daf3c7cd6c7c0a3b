import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Run, StartedRun } from '../api/routes';
import { useRead } from '../api/use-api';
import { useIdempotencyKeys } from '../api/use-idempotency-keys';
import { BulkDialog } from '../parts/list/bulk-dialog';
import { useNotices } from '../parts/notices';
import { number, plural } from '../parts/plural';
import { useRunNotice } from '../run-now/use-run-notice';
import { RerunMisfit, runNowText } from './rerun-misfit';
import { RunAgainDialog } from './again-dialog';

type Version = 'same' | 'current';

interface RerunRunsDialogProps {
  readonly runs: readonly Run[];
  readonly close: () => void;
  /** Called with the runs that were not started again. */
  readonly undone?: (runs: readonly Run[]) => void;
}

/** Starts each run again with its own input. Shows first how many runs are left of the daily run cap. */
export function RerunRunsDialog({ runs, close, undone }: RerunRunsDialogProps) {
  const { notify } = useNotices();
  const announceRun = useRunNotice();
  const { data: usage } = useRead('GET usage', {});
  const [version, setVersion] = useState<Version>('same');
  const keyOf = useIdempotencyKeys();
  // The oldest first, so that the new runs are numbered in the order of the old ones.
  const [oldestFirst] = useState(() => [...runs].reverse());
  const [only] = oldestFirst.length === 1 ? oldestFirst : [];
  // Of these runs the one whose input is to be changed before it is run again.
  const [again, setAgain] = useState<Run>();
  const rerun = `Re-run ${plural(oldestFirst.length, 'run')}`;

  const done = (started: readonly StartedRun[]) => {
    const [first] = started;
    if (started.length === 1 && first !== undefined) announceRun(first);
    else notify({ type: 'success', content: `${plural(started.length, 'run')} queued.` });
  };
  if (again !== undefined) return <RunAgainDialog run={again} close={close} />;
  return (
    <BulkDialog
      header={`${rerun}?`}
      confirmText={rerun}
      noun={['run', 'runs']}
      nameOf={({ id }) => `#${id}`}
      items={oldestFirst}
      act={(call, { id }) =>
        call('POST workflow-runs/{id}/rerun', { id, body: { version }, idempotencyKey: keyOf({ id, version }) })
      }
      changedRoutes={['workflow-runs', 'workflows', 'usage']}
      done={done}
      undone={undone}
      remedy={(run, { errors }) =>
        errors.some(({ pointer }) => pointer === '#/version') && (
          <Button variant="inline-link" ariaLabel={`${runNowText}: run #${run.id}`} onClick={() => setAgain(run)}>
            {runNowText}
          </Button>
        )
      }
      close={close}
    >
      <SpaceBetween size="m">
        <div>
          {only !== undefined ? 'The run' : 'Each run'} starts again with its original input and counts against today’s
          cap.{' '}
          {usage !== undefined && usage.remaining !== null && usage.cap !== null && (
            <b>
              {number(usage.remaining)} of {number(usage.cap)} runs are left.
            </b>
          )}
        </div>
        <FormField label="Recipe">
          <RadioGroup
            value={version}
            onChange={({ detail }) => setVersion(detail.value === 'current' ? 'current' : 'same')}
            items={[
              {
                value: 'same',
                label:
                  only !== undefined
                    ? `The version it ran with (${only.workflow_version})`
                    : 'The version each run ran with',
                description: 'The same steps again.',
              },
              { value: 'current', label: 'The current version', description: 'Includes every change made since.' },
            ]}
          />
        </FormField>
        {version === 'current' && only !== undefined && <RerunMisfit run={only} runNow={() => setAgain(only)} />}
      </SpaceBetween>
    </BulkDialog>
  );
}
