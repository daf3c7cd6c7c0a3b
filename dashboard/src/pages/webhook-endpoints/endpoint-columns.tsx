import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Endpoint } from '../../api/routes';
import { EndpointHealth } from '../../endpoint/health';
import { Go } from '../../parts/go';
import type { Column } from '../../parts/list/preferences';
import { Time } from '../../parts/time';

export const endpointColumns: readonly Column<Endpoint>[] = [
  {
    id: 'url',
    header: 'URL',
    sortingField: 'url',
    isRowHeader: true,
    minWidth: 220,
    maxWidth: 420,
    cell: ({ id, url, description }) => (
      <>
        <span title={url}>
          <Go to={`/webhook-endpoints/${id}`}>{url}</Go>
        </span>
        {description !== null && (
          <Box variant="small" display="block">
            {description}
          </Box>
        )}
      </>
    ),
  },
  {
    id: 'health',
    header: 'Status',
    sortingField: 'status',
    minWidth: 150,
    cell: (endpoint) => <EndpointHealth endpoint={endpoint} />,
  },
  {
    id: 'events',
    header: 'Events',
    minWidth: 180,
    cell: ({ events }) => (
      <SpaceBetween direction="horizontal" size="xxs">
        {events.map((event) => (
          <Badge key={event}>{event}</Badge>
        ))}
      </SpaceBetween>
    ),
  },
  { id: 'body', header: 'Body', sortingField: 'body', cell: ({ body }) => body },
  { id: 'created', header: 'Created', sortingField: 'created_at', cell: ({ created_at: at }) => <Time at={at} /> },
  { id: 'id', header: 'Id', sortingField: 'id', cell: ({ id }) => <Box variant="code">{id}</Box> },
];
