import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Delivery } from '../api/routes';
import { readAgain, useApi } from '../api/use-api';
import { BulkDialog } from '../parts/list/bulk-dialog';
import { useNotices } from '../parts/notices';
import { plural } from '../parts/plural';
import { useForEach } from '../parts/use-for-each';

type Redelivered = Pick<Delivery, 'id' | 'event' | 'status'>;

/** Sends ended deliveries once more. */
export function RedeliverDialog({ deliveries, close }: { deliveries: readonly Redelivered[]; close: () => void }) {
  const call = useApi();
  const queries = useQueryClient();
  const { notify } = useNotices();
  const [ended] = useState(() => deliveries.filter(({ status }) => status !== 'pending'));
  const pending = deliveries.length - ended.length;
  const { outcomes, isAtWork, start } = useForEach(({ id }: Redelivered) =>
    call('POST webhook-deliveries/{id}/redeliver', { id }),
  );

  const confirm = async () => {
    const done = await start(ended);
    await readAgain(queries, ['webhook-deliveries', 'workflow-runs/{id}']);
    if (done.some(({ problem }) => problem !== undefined)) return;
    close();
    notify({ type: 'success', content: `${plural(done.length, 'delivery', 'deliveries')} queued once more.` });
  };
  const many = plural(ended.length, 'delivery', 'deliveries');
  return (
    <BulkDialog
      header={`Redeliver ${many}?`}
      confirmText="Redeliver"
      thing={['delivery', 'deliveries']}
      nameOf={({ id }) => id}
      count={ended.length}
      {...{ outcomes, isAtWork, close }}
      confirm={() => void confirm()}
    >
      One attempt each, with the same id and body, signed anew: a receiver that keeps ids recognises it.
      {pending > 0 && ` ${plural(pending, 'delivery is', 'deliveries are')} pending and will be left alone.`}
    </BulkDialog>
  );
}
