import CollectionPreferences, {
  type CollectionPreferencesProps,
} from '@cloudscape-design/components/collection-preferences';
import type { TableProps } from '@cloudscape-design/components/table';
import { useState, type ReactElement, type ReactNode } from 'react';

export type Column<T> = TableProps.ColumnDefinition<T> & {
  readonly id: string;
  readonly header: string;
  /** Shown below the first column's cell on a phone, where the other columns are out of sight. */
  readonly beneath?: (item: T) => ReactNode;
};

/** What the user may choose about a table. Stored in this browser. */
export interface Preferences {
  readonly pageSize: number;
  readonly wrapLines: boolean;
  readonly stripedRows: boolean;
  readonly contentDensity: 'comfortable' | 'compact';
  readonly contentDisplay: readonly { readonly id: string; readonly visible: boolean }[];
}

interface TablePreferences {
  readonly preferences: Preferences;
  /** The button that opens the choices, for the table's `preferences` slot. */
  readonly control: ReactElement;
}

/**
 * @param table the name that the preferences are stored under
 * @param hidden the columns that are not shown by default
 */
export function usePreferences<T>(
  table: string,
  columns: readonly Column<T>[],
  hidden: readonly string[] = [],
): TablePreferences {
  const [first = ''] = columns.map(({ id }) => id);
  const [preferences, setPreferences] = useState(() => load(table, columns, hidden));
  const save = (detail: CollectionPreferencesProps.Preferences) => {
    const chosen = { ...preferences, ...validPreferences(detail) };
    localStorage.setItem(keyOf(table), JSON.stringify(chosen));
    setPreferences(chosen);
  };
  const control = (
    <CollectionPreferences
      title="Preferences"
      confirmLabel="Save"
      cancelLabel="Cancel"
      preferences={preferences}
      onConfirm={({ detail }) => save(detail)}
      pageSizePreference={{
        title: 'Rows per page',
        options: [10, 25, 50, 100].map((value) => ({ value, label: String(value) })),
      }}
      wrapLinesPreference={{ label: 'Wrap lines', description: 'Show long texts in full' }}
      stripedRowsPreference={{ label: 'Striped rows', description: 'Shade every other row' }}
      contentDensityPreference={{ label: 'Compact', description: 'Show more rows at once' }}
      contentDisplayPreference={{
        title: 'Columns',
        options: columns.map(({ id, header }) => ({ id, label: header, alwaysVisible: id === first })),
      }}
    />
  );
  return { preferences, control };
}

/** How many rows the user wants to see on a page of a table. */
export function storedPageSize(table: string): number {
  return load(table, [], []).pageSize;
}

function load<T>(table: string, columns: readonly Column<T>[], hidden: readonly string[]): Preferences {
  const fallback: Preferences = {
    pageSize: 25,
    wrapLines: false,
    stripedRows: false,
    contentDensity: 'comfortable',
    contentDisplay: columns.map(({ id }) => ({ id, visible: !hidden.includes(id) })),
  };
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(table)) ?? '{}');
    const chosen = { ...fallback, ...validPreferences(typeof stored === 'object' && stored !== null ? stored : {}) };
    // A column that a release added after the preferences were stored goes to the end.
    const listed = new Set(chosen.contentDisplay.map(({ id }) => id));
    const added = fallback.contentDisplay.filter(({ id }) => !listed.has(id));
    return { ...chosen, contentDisplay: [...chosen.contentDisplay, ...added] };
  } catch {
    return fallback;
  }
}

function validPreferences(chosen: CollectionPreferencesProps.Preferences): Partial<Preferences> {
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
