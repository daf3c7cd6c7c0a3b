import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Run, StartedRun } from '../api/routes';
import { readAgain, useApi, useRead } from '../api/use-api';
import { BulkDialog } from '../parts/list/bulk-dialog';
import { useNotices } from '../parts/notices';
import { number, plural } from '../parts/plural';
import { useForEach } from '../parts/use-for-each';
import { useRunNotice } from '../run-now/run-dialog';

type Version = 'same' | 'current';

/** Starts each run again with its input; says first what that takes from the cap. */
export function RerunRunsDialog({ runs, close }: { runs: readonly Run[]; close: () => void }) {
  const call = useApi();
  const queries = useQueryClient();
  const { notify } = useNotices();
  const announceRun = useRunNotice();
  const { data: usage } = useRead('GET usage', {});
  const [version, setVersion] = useState<Version>('same');
  // Oldest first, as they ran. One key for each, so that a second press starts nothing twice.
  const [intentions] = useState(() => [...runs].reverse().map((run) => ({ run, key: crypto.randomUUID() })));
  const { outcomes, isAtWork, start } = useForEach((run: Run) => {
    const key = intentions.find((intention) => intention.run.id === run.id)?.key;
    return call('POST workflow-runs/{id}/rerun', {
      id: run.id,
      body: { version },
      ...(key !== undefined && { idempotencyKey: `${key}-${version}` }),
    });
  });

  const confirm = async () => {
    const done = await start(intentions.map(({ run }) => run));
    await readAgain(queries, ['workflow-runs', 'workflows', 'usage']);
    if (done.some(({ problem }) => problem !== undefined)) return;
    close();
    const started: readonly StartedRun[] = done.flatMap(({ result }) => (result === undefined ? [] : [result]));
    const [only] = started;
    if (started.length === 1 && only !== undefined) announceRun(only);
    else notify({ type: 'success', content: `${plural(started.length, 'run')} queued.` });
  };
  return (
    <BulkDialog
      header={`Re-run ${plural(runs.length, 'run')}?`}
      confirmText={`Re-run ${plural(runs.length, 'run')}`}
      thing={['run', 'runs']}
      nameOf={({ id }) => `#${id}`}
      count={runs.length}
      {...{ outcomes, isAtWork, close }}
      confirm={() => void confirm()}
    >
      <SpaceBetween size="m">
        <div>
          {runs.length === 1 ? 'It' : 'Each'} starts anew with the input it had, and counts as a run of today.{' '}
          {usage !== undefined && usage.remaining !== null && usage.cap !== null && (
            <b>
              {number(usage.remaining)} of {number(usage.cap)} are left.
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
                  runs.length === 1
                    ? `The version it had (${runs[0]?.workflow_version ?? ''})`
                    : 'The version each run had',
                description: 'The same steps again.',
              },
              { value: 'current', label: 'The current version', description: 'With the changes made since.' },
            ]}
          />
        </FormField>
      </SpaceBetween>
    </BulkDialog>
  );
}
