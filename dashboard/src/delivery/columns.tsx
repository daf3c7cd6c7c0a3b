import Box from '@cloudscape-design/components/box';
import type { EndedReason } from '../../../functions/domain/delivery/delivery';
import type { Delivery } from '../api/routes';
import { EndpointLink } from '../endpoint/link';
import { Go } from '../parts/go';
import type { Column } from '../parts/list/preferences';
import { DeliveryStatusIndicator } from '../parts/statuses';
import { Time } from '../parts/time';
import { NextAttempt } from './next-attempt';

export const endedReasons: Readonly<Record<EndedReason, string>> = {
  attempts_exhausted: 'No attempts are left',
  receiver_gone: 'The receiver answered 410 Gone',
  url_refused: 'The URL is not allowed',
  endpoint_disabled: 'The endpoint is disabled',
  endpoint_deleted: 'The endpoint was deleted',
};

export const deliveryColumns: readonly Column<Delivery>[] = [
  {
    id: 'event',
    header: 'Event',
    isRowHeader: true,
    minWidth: 150,
    maxWidth: 260,
    cell: ({ id, event }) => (
      <span title={event}>
        <Go to={`/webhook-deliveries/${id}`}>{event}</Go>
      </span>
    ),
    beneath: ({ created_at: at }) => <Time at={at} />,
  },
  {
    id: 'status',
    header: 'Status',
    minWidth: 150,
    cell: ({ status, ended_reason: reason }) => (
      <>
        <DeliveryStatusIndicator status={status} />
        {reason !== null && (
          <Box variant="small" display="block">
            {endedReasons[reason]}
          </Box>
        )}
      </>
    ),
  },
  {
    id: 'endpoint',
    header: 'Endpoint',
    minWidth: 150,
    maxWidth: 230,
    cell: ({ endpoint_id: id, url }) => <EndpointLink id={id} url={url} />,
  },
  {
    id: 'run',
    header: 'Run',
    minWidth: 110,
    cell: ({ run_id: id, step_index: step }) =>
      id === null ? (
        '–'
      ) : (
        <>
          <Go to={`/workflow-runs/${id}`}>{`#${id}`}</Go>
          {step !== null && `, step ${step + 1}`}
        </>
      ),
  },
  { id: 'attempts', header: 'Attempts', cell: ({ attempts_made: attempts }) => attempts },
  { id: 'next', header: 'Next attempt', minWidth: 150, cell: (delivery) => <NextAttempt delivery={delivery} /> },
  { id: 'created', header: 'Created', minWidth: 150, cell: ({ created_at: at }) => <Time at={at} /> },
  { id: 'id', header: 'Id', cell: ({ id }) => <Box variant="code">{id}</Box> },
];

export const hiddenDeliveryColumns = ['id'];
/** The columns on the page of an endpoint. */
export const shownBesideEndpoint = ['event', 'status', 'run', 'attempts', 'next', 'created'];
