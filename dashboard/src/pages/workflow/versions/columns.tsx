import Badge from '@cloudscape-design/components/badge';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Version } from '../../../api/routes';
import { seconds } from '../../../parts/duration';
import type { Column } from '../../../parts/list/preferences';
import { Time } from '../../../parts/time';

export const versionColumns: readonly Column<Version>[] = [
  {
    id: 'version',
    header: 'Version',
    isRowHeader: true,
    cell: ({ version, current }) => (
      <SpaceBetween direction="horizontal" size="xs">
        {version}
        {current && <Badge color="blue">current</Badge>}
      </SpaceBetween>
    ),
  },
  { id: 'created', header: 'Saved', cell: ({ created_at: at }) => <Time at={at} /> },
  { id: 'steps', header: 'Steps', cell: ({ steps_total: steps }) => steps },
  { id: 'waits', header: 'Waits', cell: ({ total_delay_seconds: delay }) => seconds(delay) },
];
