import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi, useAct } from '../../api/use-api';
import { ConfirmDialog } from '../../parts/confirm-dialog';
import { useNotices } from '../../parts/notices';
import { plural } from '../../parts/plural';
import { Refusal } from '../../parts/refusal';

const hourMs = 3_600_000;
const periods = [
  { value: '1', label: 'The last hour' },
  { value: '24', label: 'The last 24 hours' },
  { value: '168', label: 'The last 7 days' },
  { value: '2160', label: 'All 90 days' },
];

/** Sends again what an endpoint missed while it was down. Counts first. */
export function RedeliverFailedDialog({ endpointId, close }: { endpointId: string; close: () => void }) {
  const call = useApi();
  const { notify } = useNotices();
  const [period, setPeriod] = useState('24');
  const [openedAt] = useState(() => Date.now());
  const since = new Date(openedAt - Number(period) * hourMs).toISOString();
  const counted = useQuery({
    queryKey: ['count failed', endpointId, since],
    queryFn: () => call('POST webhook-endpoints/{id}/redeliver-failed', { id: endpointId, query: { since } }),
    gcTime: 0,
  });
  const redeliver = useAct(
    (api) => api('POST webhook-endpoints/{id}/redeliver-failed', { id: endpointId, query: { since, confirm: 'true' } }),
    ['webhook-deliveries'],
  );
  return (
    <ConfirmDialog
      header="Redeliver failed deliveries?"
      confirmText={counted.data === undefined ? 'Redeliver' : `Redeliver ${counted.data.count}`}
      act={redeliver}
      close={close}
      disabled={counted.data === undefined || counted.data.count === 0}
      done={({ redelivered }) =>
        notify({ type: 'success', content: `${plural(redelivered, 'delivery', 'deliveries')} queued, ten a second.` })
      }
    >
      <SpaceBetween size="m">
        <FormField label="Failed and blocked deliveries of">
          <Select
            selectedOption={periods.find(({ value }) => value === period) ?? null}
            options={periods}
            onChange={({ detail }) => setPeriod(detail.selectedOption.value ?? period)}
          />
        </FormField>
        {counted.error !== null && <Refusal error={counted.error} />}
        {counted.data === undefined ? (
          <Spinner />
        ) : (
          <Box>
            {plural(counted.data.count, 'delivery', 'deliveries')} found
            {counted.data.has_more && ', and more: these are the oldest 1,000'}. Each is sent once more with the same id
            and body, signed anew.
          </Box>
        )}
      </SpaceBetween>
    </ConfirmDialog>
  );
}
