import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useEffect, type ReactNode } from 'react';
import { useIsNarrow } from './narrow';
import type { Column, Preferences } from './preferences';
import type { Arrivals } from './arrivals/use-arrivals';
import { RefreshButton } from './arrivals/refresh-button';
import { useAtWork } from './arrivals/use-at-work';

interface ListTableProps<T> {
  /** Such as `Workflow Runs`. */
  readonly title: string;
  readonly description: ReactNode;
  /** Lower-case plural, for screen readers: `runs`. */
  readonly nouns: string;
  readonly columns: readonly Column<T>[];
  readonly items: readonly T[];
  readonly idOf: (item: T) => string;
  readonly counter?: string | undefined;
  readonly loading: boolean;
  readonly refresh: () => void;
  /** New rows, for a list that may get some while it is shown. */
  readonly arrivals?: Arrivals;
  readonly actions?: ReactNode;
  readonly filter?: ReactNode;
  readonly pagination?: ReactNode;
  readonly empty: ReactNode;
  readonly preferences: Preferences;
  readonly preferencesControl: ReactNode;
  readonly selection?: Pick<
    TableProps<T>,
    'selectionType' | 'selectedItems' | 'onSelectionChange' | 'isItemDisabled' | 'ariaLabels'
  >;
  /** Sorting in the browser. Only for a list that was loaded completely. */
  readonly sorting?: Partial<Pick<TableProps<T>, 'sortingColumn' | 'sortingDescending' | 'onSortingChange'>>;
}

/** Leaves room for the button of a row beside it, also where a page that is enlarged four times has 320 pixels. */
const narrowColumnMaxWidth = 'min(172px, 38vw)';

/** The table of a list page. */
export function ListTable<T>(props: ListTableProps<T>) {
  const isNarrow = useIsNarrow();
  const { title, nouns, columns, items, idOf, loading, preferences, selection, arrivals } = props;
  const { isAtWork, handlers } = useAtWork();
  const isHeld = isAtWork || (selection?.selectedItems ?? []).length > 0;
  const hold = arrivals?.hold;
  useEffect(() => hold?.(isHeld), [hold, isHeld]);
  return (
    <div {...handlers}>
      <Table
        variant="full-page"
        stickyHeader
        resizableColumns={false}
        columnDefinitions={isNarrow ? columns.map(forPhone) : columns}
        columnDisplay={isNarrow ? actionsFirst(preferences.contentDisplay) : preferences.contentDisplay}
        stickyColumns={{ last: !isNarrow && endsWithActions(preferences.contentDisplay) ? 1 : 0 }}
        wrapLines={preferences.wrapLines}
        stripedRows={preferences.stripedRows}
        contentDensity={preferences.contentDensity}
        items={items}
        trackBy={idOf}
        loading={loading}
        loadingText={`Loading ${nouns}`}
        empty={props.empty}
        enableKeyboardNavigation
        renderAriaLive={({ firstIndex, lastIndex }) => `Rows ${firstIndex} to ${lastIndex} of ${nouns}`}
        header={
          <Header
            variant="awsui-h1-sticky"
            description={props.description}
            {...(props.counter !== undefined && { counter: props.counter })}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <RefreshButton nouns={nouns} refresh={props.refresh} {...(arrivals && { arrivals })} />
                {props.actions}
              </SpaceBetween>
            }
          >
            {title}
          </Header>
        }
        filter={props.filter}
        pagination={props.pagination}
        preferences={props.preferencesControl}
        {...selection}
        ariaLabels={{ tableLabel: title, ...selection?.ariaLabels }}
        {...props.sorting}
      />
    </div>
  );
}

/** Limits the first column so that a second one fits. Shows below its cell what columns out of sight contain. */
function forPhone<T>(column: Column<T>, index: number): Column<T> {
  if (index > 0) return column;
  const { beneath } = column;
  return {
    ...column,
    minWidth: 0,
    maxWidth: narrowColumnMaxWidth,
    cell: (item) => (
      <>
        {column.cell(item)}
        {beneath !== undefined && (
          <Box variant="small" display="block">
            {beneath(item)}
          </Box>
        )}
      </>
    ),
  };
}

/** Moves the actions next to the first column, because a phone shows only two columns without scrolling. */
function actionsFirst(display: Preferences['contentDisplay']): Preferences['contentDisplay'] {
  const [first, ...rest] = display;
  const actions = rest.filter(({ id }) => id === 'actions');
  return first === undefined ? display : [first, ...actions, ...rest.filter(({ id }) => id !== 'actions')];
}

/** Actions stay in sight where the other columns need more room than there is. */
function endsWithActions(display: Preferences['contentDisplay']): boolean {
  return display.filter(({ visible }) => visible).at(-1)?.id === 'actions';
}
