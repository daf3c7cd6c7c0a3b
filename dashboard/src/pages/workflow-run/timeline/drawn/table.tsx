import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { duration } from '../../../../parts/duration';
import { titled } from '../../../../parts/statuses';
import { instant } from '../../../../parts/time';
import { describe, type Described } from '../rows/describe';
import type { Row } from '../rows/row';
import { nameOf } from './words';

/** The same numbers as a table, drawn when somebody opens it. */
export function AsTable({ rows }: { rows: readonly Row[] }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <ExpandableSection
      variant="footer"
      headerText="Show as a table"
      expanded={isOpen}
      onChange={({ detail }) => setIsOpen(detail.expanded)}
    >
      {isOpen && (
        <Table
          variant="embedded"
          contentDensity="compact"
          wrapLines
          items={rows.flatMap(describedIn)}
          columnDefinitions={columns}
          ariaLabels={{ tableLabel: 'Timeline as a table' }}
        />
      )}
    </ExpandableSection>
  );
}

const columns = [
  { id: 'what', header: 'What', isRowHeader: true, cell: ({ what }: Described) => what },
  { id: 'status', header: 'Status', cell: ({ status }: Described) => titled(status) },
  { id: 'at', header: 'Began', cell: ({ at }: Described) => (at === null ? '–' : instant(at)) },
  { id: 'took', header: 'Took', cell: ({ tookMs }: Described) => (tookMs === null ? '–' : duration(tookMs)) },
  { id: 'until', header: 'Goes on until', cell: ({ expected: at }: Described) => (at === null ? '–' : instant(at)) },
  { id: 'answer', header: 'Answer', cell: ({ answer }: Described) => answer ?? '–' },
];

function describedIn(row: Row): Described[] {
  const ticks = row.is === 'delivery' ? row.ticks : [];
  return [undefined, ...ticks].map((tick) => describe(row, tick, nameOf)).filter((one) => one !== undefined);
}
