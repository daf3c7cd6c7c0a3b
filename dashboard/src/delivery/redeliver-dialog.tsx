import { useState } from 'react';
import type { Delivery } from '../api/routes';
import { useIdempotencyKeys } from '../api/use-idempotency-keys';
import { BulkDialog } from '../parts/list/bulk-dialog';
import { useNotices } from '../parts/notices';
import { plural } from '../parts/plural';

type Redelivered = Pick<Delivery, 'id' | 'event' | 'status'>;

interface RedeliverDialogProps {
  readonly deliveries: readonly Redelivered[];
  readonly close: () => void;
  /** Called with the deliveries that were not queued. */
  readonly undone?: (deliveries: readonly Redelivered[]) => void;
}

/** Redelivers those of the deliveries that have ended. */
export function RedeliverDialog({ deliveries, close, undone }: RedeliverDialogProps) {
  const { notify } = useNotices();
  const keyOf = useIdempotencyKeys();
  const [ended] = useState(() => deliveries.filter(({ status }) => status !== 'pending'));
  const [pending] = useState(deliveries.length - ended.length);
  return (
    <BulkDialog
      header={`Redeliver ${countOf(ended.length)}?`}
      confirmText="Redeliver"
      noun={['delivery', 'deliveries']}
      nameOf={({ id }) => id}
      items={ended}
      act={(call, { id }) => call('POST webhook-deliveries/{id}/redeliver', { id, idempotencyKey: keyOf({ id }) })}
      changedRoutes={['webhook-deliveries', 'workflow-runs/{id}']}
      done={({ length }) => notify({ type: 'success', content: `${countOf(length)} queued for redelivery.` })}
      undone={undone}
      close={close}
    >
      Each delivery gets one more attempt, with the same id and body and a new signature. A receiver that stores the ids
      it has seen recognises the repetition.
      {pending > 0 &&
        ` ${plural(pending, 'selected delivery is', 'selected deliveries are')} pending and will not change.`}
    </BulkDialog>
  );
}

function countOf(deliveries: number): string {
  return plural(deliveries, 'delivery', 'deliveries');
}
