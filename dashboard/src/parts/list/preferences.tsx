import CollectionPreferences, {
  type CollectionPreferencesProps,
} from '@cloudscape-design/components/collection-preferences';
import type { TableProps } from '@cloudscape-design/components/table';
import { useState, type ReactElement, type ReactNode } from 'react';

export type Column<T> = TableProps.ColumnDefinition<T> & {
  readonly id: string;
  readonly header: string;
  /** Below the first column's cell on a phone, where the columns that have it are out of sight. */
  readonly beneath?: (item: T) => ReactNode;
};

/** What of a table a person may choose; kept in this browser. */
export interface Preferences {
  readonly pageSize: number;
  readonly wrapLines: boolean;
  readonly stripedRows: boolean;
  readonly contentDensity: 'comfortable' | 'compact';
  readonly contentDisplay: readonly { readonly id: string; readonly visible: boolean }[];
}

interface TablePreferences {
  readonly preferences: Preferences;
  /** Goes into the table's `preferences` slot. */
  readonly control: ReactElement;
}

/**
 * @param table name the choice is kept under
 * @param hidden columns not shown at first
 */
export function usePreferences<T>(
  table: string,
  columns: readonly Column<T>[],
  hidden: readonly string[] = [],
): TablePreferences {
  const [first = ''] = columns.map(({ id }) => id);
  const [preferences, setPreferences] = useState(() => read(table, columns, hidden));
  const keep = (detail: CollectionPreferencesProps.Preferences) => {
    const chosen = { ...preferences, ...known(detail) };
    localStorage.setItem(keyOf(table), JSON.stringify(chosen));
    setPreferences(chosen);
  };
  const control = (
    <CollectionPreferences
      title="Preferences"
      confirmLabel="Save"
      cancelLabel="Cancel"
      preferences={preferences}
      onConfirm={({ detail }) => keep(detail)}
      pageSizePreference={{
        title: 'Rows on a page',
        options: [10, 25, 50, 100].map((value) => ({ value, label: String(value) })),
      }}
      wrapLinesPreference={{ label: 'Wrap lines', description: 'Show all of a long text' }}
      stripedRowsPreference={{ label: 'Striped rows', description: 'Tint every second row' }}
      contentDensityPreference={{ label: 'Compact', description: 'Show more rows at once' }}
      contentDisplayPreference={{
        title: 'Columns',
        options: columns.map(({ id, header }) => ({ id, label: header, alwaysVisible: id === first })),
      }}
    />
  );
  return { preferences, control };
}

function read<T>(table: string, columns: readonly Column<T>[], hidden: readonly string[]): Preferences {
  const fallback: Preferences = {
    pageSize: 25,
    wrapLines: false,
    stripedRows: false,
    contentDensity: 'comfortable',
    contentDisplay: columns.map(({ id }) => ({ id, visible: !hidden.includes(id) })),
  };
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(table)) ?? '{}');
    const chosen = { ...fallback, ...known(typeof kept === 'object' && kept !== null ? kept : {}) };
    // Columns that a later release added.
    const listed = new Set(chosen.contentDisplay.map(({ id }) => id));
    const added = fallback.contentDisplay.filter(({ id }) => !listed.has(id));
    return { ...chosen, contentDisplay: [...chosen.contentDisplay, ...added] };
  } catch {
    return fallback;
  }
}

function known(chosen: CollectionPreferencesProps.Preferences): Partial<Preferences> {
  const { pageSize, wrapLines, stripedRows, contentDensity, contentDisplay } = chosen;
  return {
    ...(typeof pageSize === 'number' && { pageSize }),
    ...(typeof wrapLines === 'boolean' && { wrapLines }),
    ...(typeof stripedRows === 'boolean' && { stripedRows }),
    ...(contentDensity !== undefined && { contentDensity }),
    ...(Array.isArray(contentDisplay) && { contentDisplay }),
  };
}

function keyOf(table: string): string {
  return `workflows.table.${table}`;
}
