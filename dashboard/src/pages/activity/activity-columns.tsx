import Box from '@cloudscape-design/components/box';
import type { AuditEvent } from '../../api/routes';
import { Go } from '../../parts/go';
import type { Column } from '../../parts/list/preferences';
import { Time } from '../../parts/time';
import { channelNames } from '../../session/plans';
import { actionNames } from './action-names';

/** Changes may also be made by the operator's commands and by the product itself. */
const actorChannelNames: Readonly<Record<AuditEvent['actor']['channel'], string>> = {
  ...channelNames,
  operator: 'Operator',
  system: 'System',
};

export const activityColumns: readonly Column<AuditEvent>[] = [
  {
    id: 'at',
    header: 'Time',
    isRowHeader: true,
    minWidth: 150,
    cell: ({ at }) => <Time at={at} />,
    beneath: ({ action }) => actionNames[action],
  },
  {
    id: 'who',
    header: 'Who',
    minWidth: 180,
    cell: ({ actor: { channel, name } }) => (
      <>
        {name}
        <Box variant="small" display="block">
          {actorChannelNames[channel]}
        </Box>
      </>
    ),
  },
  { id: 'action', header: 'Action', minWidth: 180, cell: ({ action }) => actionNames[action] },
  { id: 'target', header: 'Target', minWidth: 160, cell: ({ target }) => <Target text={target} /> },
  {
    id: 'detail',
    header: 'Details',
    minWidth: 200,
    cell: ({ detail = {} }) =>
      Object.entries(detail)
        .map(([name, value]) => `${name}: ${String(value)}`)
        .join(', ') || '–',
  },
  { id: 'request', header: 'Request', cell: ({ request_id: id }) => <Box variant="code">{id}</Box> },
];

/** Links the targets that have pages: `workflow 3`, `run 12`, `ep_…`, `dlv_…` and `app_…`. */
function Target({ text }: { text: string }) {
  const [, kind, number] = /^(workflow|run) (\d+)$/.exec(text) ?? [];
  if (kind === 'workflow') return <Go to={`/workflows/${number}`}>{text}</Go>;
  if (kind === 'run') return <Go to={`/workflow-runs/${number}`}>{text}</Go>;
  if (text.startsWith('ep_')) return <Go to={`/webhook-endpoints/${text}`}>{text}</Go>;
  if (text.startsWith('dlv_')) return <Go to={`/webhook-deliveries/${text}`}>{text}</Go>;
  if (text.startsWith('app_')) return <Go to={`/access-tokens/connected-apps?q=${text}`}>{text}</Go>;
  return text;
}
