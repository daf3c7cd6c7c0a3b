import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { AccessToken } from '../../../api/routes';
import type { Column } from '../../../parts/list/preferences';
import { titled } from '../../../parts/statuses';
import { Time } from '../../../parts/time';

const indicators: Readonly<Record<AccessToken['status'], StatusIndicatorProps.Type>> = {
  active: 'success',
  expired: 'stopped',
  revoked: 'stopped',
};

/** @param revoke undefined if the user may not revoke tokens */
export function tokenColumns(revoke: ((token: AccessToken) => void) | undefined): Column<AccessToken>[] {
  return [
    { id: 'name', header: 'Name', sortingField: 'name', isRowHeader: true, minWidth: 140, cell: ({ name }) => name },
    {
      id: 'status',
      header: 'Status',
      sortingField: 'status',
      minWidth: 105,
      cell: ({ status }) => <StatusIndicator type={indicators[status]}>{titled(status)}</StatusIndicator>,
    },
    {
      id: 'kind',
      header: 'Can be used for',
      sortingField: 'kind',
      minWidth: 150,
      cell: ({ kind }) => (kind === 'mcp' ? 'MCP server' : 'REST API'),
    },
    {
      id: 'scopes',
      header: 'Scopes',
      minWidth: 160,
      maxWidth: 190,
      cell: ({ scopes }) => <span title={scopes.join(', ')}>{scopes.join(', ')}</span>,
    },
    {
      id: 'expires',
      header: 'Expires',
      sortingField: 'expires_at',
      minWidth: 150,
      cell: ({ expires_at: at }) => <Time at={at} empty="Never" />,
    },
    {
      id: 'used',
      header: 'Last used',
      sortingField: 'last_used_at',
      minWidth: 150,
      cell: ({ last_used_at: at }) => <Time at={at} empty="Never" />,
    },
    {
      id: 'created',
      header: 'Created',
      sortingField: 'created_at',
      minWidth: 150,
      cell: ({ created_at: at }) => <Time at={at} />,
    },
    {
      id: 'issuer',
      header: 'Issued by',
      sortingField: 'created_by',
      minWidth: 150,
      cell: ({ created_by: issuer }) => issuer ?? 'Unknown',
    },
    { id: 'id', header: 'Id', sortingField: 'id', cell: ({ id }) => <Box variant="code">{id}</Box> },
    ...(revoke === undefined ? [] : [actions(revoke)]),
  ];
}

function actions(revoke: (token: AccessToken) => void): Column<AccessToken> {
  return {
    id: 'actions',
    header: 'Actions',
    minWidth: 110,
    cell: (token) =>
      token.status === 'active' && (
        <Button variant="inline-link" ariaLabel={`Revoke ${token.name}`} onClick={() => revoke(token)}>
          Revoke
        </Button>
      ),
  };
}
