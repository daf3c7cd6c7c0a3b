import type { TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import { titled } from '../statuses';

interface SelectionOf<T> {
  /** False for people who may not do anything with the rows. */
  readonly enabled: boolean;
  readonly items: readonly T[];
  readonly idOf: (item: T) => string;
  /** Lower-case plural, for screen readers: `runs`. */
  readonly things: string;
  /** One row, for screen readers: `run #3`. */
  readonly nameOf: (item: T) => string;
}

/** Lets a person select rows of the page shown. `marks` are props of the table. */
export function useSelection<T>({ enabled, items, idOf, things, nameOf }: SelectionOf<T>) {
  const [selectedIds, setSelectedIds] = useState<readonly string[]>([]);
  const selected = items.filter((item) => selectedIds.includes(idOf(item)));
  const selection: Partial<TableProps<T>> = {
    selectionType: 'multi',
    selectedItems: selected,
    onSelectionChange: ({ detail }) => setSelectedIds(detail.selectedItems.map(idOf)),
    ariaLabels: {
      selectionGroupLabel: titled(things),
      allItemsSelectionLabel: () => `Select all ${things} of this page`,
      itemSelectionLabel: (_, item) => `Select ${nameOf(item)}`,
    },
  };
  const counter = selected.length === 0 ? undefined : `(${selected.length} selected)`;
  return { selected, marks: { counter, ...(enabled && { selection }) } };
}
