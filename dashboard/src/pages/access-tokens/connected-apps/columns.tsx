import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ConnectedApp } from '../../../api/routes';
import type { Column } from '../../../parts/list/preferences';
import { Time } from '../../../parts/time';
import { titled } from '../../../parts/statuses';
import { reasonOf } from './reason-of';

/** @param revoke undefined if the user may not revoke apps */
export function appColumns(revoke: ((app: ConnectedApp) => void) | undefined): Column<ConnectedApp>[] {
  return [
    {
      id: 'app',
      header: 'App',
      sortingField: 'name',
      isRowHeader: true,
      minWidth: 150,
      cell: (app) => <App app={app} />,
    },
    {
      id: 'status',
      header: 'Status',
      sortingField: 'status',
      minWidth: 105,
      cell: (app) => (
        <>
          <StatusIndicator type={app.status === 'active' ? 'success' : 'stopped'}>{titled(app.status)}</StatusIndicator>
          <Box variant="small" display="block">
            {reasonOf(app)}
          </Box>
        </>
      ),
    },
    {
      id: 'approved',
      header: 'Approved',
      sortingField: 'created_at',
      minWidth: 170,
      cell: ({ approved_by: approver, created_at: at }) => (
        <>
          {approver}
          <Box variant="small" display="block">
            <Time at={at} />
          </Box>
        </>
      ),
    },
    {
      id: 'used',
      header: 'Last used',
      sortingField: 'last_used_at',
      minWidth: 130,
      cell: ({ last_used_at: at }) => <Time at={at} empty="Never" />,
    },
    {
      id: 'expires',
      header: 'Expires',
      sortingField: 'expires_at',
      minWidth: 130,
      cell: ({ expires_at: at }) => <Time at={at} />,
    },
    { id: 'sent', header: 'Sends people to', sortingField: 'redirect_host', cell: ({ redirect_host: host }) => host },
    { id: 'id', header: 'Id', sortingField: 'id', cell: ({ id }) => <Box variant="code">{id}</Box> },
    ...(revoke === undefined ? [] : [actions(revoke)]),
  ];
}

function App({ app: { name, host, scope } }: { app: ConnectedApp }) {
  return (
    <>
      <bdi>{name}</bdi>
      <Box variant="small" display="block">
        {host ?? 'Unproven'}
        {scope === 'mcp:read' && ', only reads'}
      </Box>
    </>
  );
}

function actions(revoke: (app: ConnectedApp) => void): Column<ConnectedApp> {
  return {
    id: 'actions',
    header: 'Actions',
    minWidth: 110,
    cell: (app) =>
      app.status === 'active' && (
        <Button variant="inline-link" ariaLabel={`Revoke ${app.name}`} onClick={() => revoke(app)}>
          Revoke
        </Button>
      ),
  };
}
