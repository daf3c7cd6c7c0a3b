import type { TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import { titled } from '../statuses';

interface SelectionOf<T> {
  /** False for a user who may not do anything with the rows. */
  readonly enabled: boolean;
  readonly items: readonly T[];
  readonly idOf: (item: T) => string;
  /** Lower-case plural, for screen readers: `runs`. */
  readonly nouns: string;
  /** One row, for screen readers: `run #3`. */
  readonly nameOf: (item: T) => string;
}

/**
 * Lets the user select rows of the page shown. `tableProps` goes to the table, and `keep` takes the ids of the rows that
 * stay selected after an act, which are those that it did not change. A row that goes out of sight, to another
 * page or because of a filter, is no longer selected when it comes back: nobody remembers it there.
 */
export function useSelection<T>({ enabled, items, idOf, nouns, nameOf }: SelectionOf<T>) {
  const [selectedIds, setSelectedIds] = useState<readonly string[]>([]);
  const selected = items.filter((item) => selectedIds.includes(idOf(item)));
  if (selected.length < selectedIds.length) setSelectedIds(selected.map(idOf));
  const selection: Partial<TableProps<T>> = {
    selectionType: 'multi',
    selectedItems: selected,
    onSelectionChange: ({ detail }) => setSelectedIds(detail.selectedItems.map(idOf)),
    ariaLabels: {
      selectionGroupLabel: titled(nouns),
      allItemsSelectionLabel: () => `Select all ${nouns} of this page`,
      itemSelectionLabel: (_, item) => `Select ${nameOf(item)}`,
    },
  };
  const counter = selected.length === 0 ? undefined : `(${selected.length} selected)`;
  return { selected, keep: setSelectedIds, tableProps: { counter, ...(enabled && { selection }) } };
}
