import { useCollection } from '@cloudscape-design/collection-hooks';
import Button from '@cloudscape-design/components/button';
import type { TableProps } from '@cloudscape-design/components/table';
import Pagination from '@cloudscape-design/components/pagination';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useSearchParams } from 'react-router';
import type { ReactElement } from 'react';
import { NoRows } from '../load-state';
import { plural } from '../plural';
import type { Preferences } from './preferences';
import { useArrivals } from './arrivals/use-arrivals';

interface ListInPageOf<T> {
  readonly items: readonly T[];
  readonly idOf: (item: T) => string;
  readonly error: unknown;
  readonly refresh: () => void;
  readonly preferences: Preferences;
  /** Lower-case singular: `workflow`. */
  readonly noun: string;
  /** The text of a row that is searched. */
  readonly textOf: (item: T) => string;
  readonly empty: ReactElement;
}

/** Searches, sorts and pages a list that was loaded completely. The search text is kept in the page's URL. */
export function useListInPage<T>({
  items: read,
  idOf,
  error,
  refresh,
  preferences,
  noun,
  textOf,
  empty,
}: ListInPageOf<T>) {
  const [searchParams, setSearchParams] = useSearchParams();
  const { rows: items, arrivals } = useArrivals({ list: noun, items: read, idOf, isWhole: true });
  const text = searchParams.get('q') ?? '';
  const search = (q: string) => {
    const { q: _before, ...others } = Object.fromEntries(searchParams);
    setSearchParams(q === '' ? others : { ...others, q }, { replace: true });
  };
  const collection = useCollection(items, {
    filtering: {
      filteringFunction: (item, filter) => textOf(item).toLowerCase().includes(filter.toLowerCase()),
      defaultFilteringText: text,
      empty: error === null ? empty : <NoRows error={error} retry={refresh} title="" />,
    },
    sorting: {},
    pagination: { pageSize: preferences.pageSize },
  });
  const changeFilter = (filter: string) => {
    collection.actions.setFiltering(filter);
    search(filter);
  };
  const { filteredItemsCount = items.length, collectionProps, filterProps, paginationProps } = collection;
  const { sortingColumn } = collectionProps;
  return {
    rows: collection.items,
    arrivals,
    counter: error === null ? `(${items.length})` : undefined,
    empty:
      filterProps.filteringText === '' || items.length === 0 ? (
        collectionProps.empty
      ) : (
        <NoRows error={null} retry={refresh} title={`No ${noun} matches`}>
          <Button onClick={() => changeFilter('')}>Clear the filter</Button>
        </NoRows>
      ),
    sorting: {
      ...(sortingColumn !== undefined && { sortingColumn }),
      sortingDescending: collectionProps.sortingDescending === true,
      onSortingChange: (event: { detail: TableProps.SortingState<T> }) => collectionProps.onSortingChange?.(event),
    },
    filter: (
      <TextFilter
        filteringText={filterProps.filteringText}
        filteringPlaceholder={`Find a ${noun}`}
        filteringAriaLabel={`Find a ${noun}`}
        countText={filterProps.filteringText === '' ? '' : plural(filteredItemsCount, 'match', 'matches')}
        onChange={({ detail }) => changeFilter(detail.filteringText)}
      />
    ),
    pagination: <Pagination {...paginationProps} />,
  };
}
