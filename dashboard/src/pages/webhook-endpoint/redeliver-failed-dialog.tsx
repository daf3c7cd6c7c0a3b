import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { serverNow } from '../../api/server-clock';
import { useApi, useAct } from '../../api/use-api';
import { useIdempotencyKeys } from '../../api/use-idempotency-keys';
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

/** Redelivers what an endpoint missed while it was down. Shows first how many deliveries that are. */
export function RedeliverFailedDialog({ endpointId, close }: { endpointId: string; close: () => void }) {
  const call = useApi();
  const { notify } = useNotices();
  const keyOf = useIdempotencyKeys();
  const [period, setPeriod] = useState('24');
  const [openedAt] = useState(serverNow);
  const since = new Date(openedAt - Number(period) * hourMs).toISOString();
  const found = useQuery({
    queryKey: ['count failed', endpointId, since],
    queryFn: () => call('POST webhook-endpoints/{id}/redeliver-failed', { id: endpointId, query: { since } }),
    gcTime: 0,
  });
  const redeliver = useAct(
    (api) =>
      api('POST webhook-endpoints/{id}/redeliver-failed', {
        id: endpointId,
        query: { since, confirm: 'true' },
        idempotencyKey: keyOf({ since }),
      }),
    ['webhook-deliveries'],
  );
  return (
    <ConfirmDialog
      header="Redeliver failed deliveries?"
      confirmText={
        found.data === undefined ? 'Redeliver' : `Redeliver ${Math.min(found.data.count, found.data.left_this_hour)}`
      }
      act={redeliver}
      close={close}
      disabled={found.data === undefined || Math.min(found.data.count, found.data.left_this_hour) === 0}
      done={({ redelivered }) =>
        notify({
          type: 'success',
          content: `${plural(redelivered, 'delivery', 'deliveries')} queued for redelivery, ten a second.`,
        })
      }
    >
      <SpaceBetween size="m">
        <FormField label="Failed and blocked deliveries from">
          <Select
            selectedOption={periods.find(({ value }) => value === period) ?? null}
            options={periods}
            onChange={({ detail }) => setPeriod(detail.selectedOption.value ?? period)}
          />
        </FormField>
        {found.error !== null && <Refusal error={found.error} />}
        {found.isPending && <Spinner />}
        {found.data !== undefined && (
          <Box>
            {plural(found.data.count, 'delivery', 'deliveries')} found
            {found.data.has_more && ', the oldest 1,000 of a larger number'}. Each is sent once more with the same id
            and body and a new signature.
            {found.data.left_this_hour < found.data.count &&
              ` This tenant may redeliver ${found.data.left_this_hour} more in this hour, so the oldest are sent first.`}
          </Box>
        )}
      </SpaceBetween>
    </ConfirmDialog>
  );
}
