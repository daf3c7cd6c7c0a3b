import type { PaginationProps } from '@cloudscape-design/components/pagination';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Call } from '../../api/call';
import type { Page, ReadRoute } from '../../api/routes';
import { useApi } from '../../api/use-api';
import { useArrivals, type Arrivals } from './arrivals/use-arrivals';
import { useSearchOn, type SearchOn } from './find/use-search-on';

export interface PageWanted {
  readonly limit: number;
  readonly cursor: string | undefined;
}

export type LoadPage<T> = (call: Call, page: PageWanted, signal: AbortSignal) => Promise<Page<T>>;

interface PagesOf<T> {
  readonly route: ReadRoute;
  /** A list with other filters is another list, which starts at its first page. */
  readonly filters?: object;
  readonly limit: number;
  readonly idOf: (item: T) => string;
  readonly load: LoadPage<T>;
  /** Returns the milliseconds to the next read. A hidden tab does not poll. */
  readonly poll: (items: readonly T[]) => number;
}

export interface Pages<T> {
  readonly items: readonly T[];
  readonly loading: boolean;
  readonly error: unknown;
  readonly refresh: () => void;
  readonly arrivals: Arrivals;
  /** How far a filtered list was searched to fill this page. */
  readonly search: SearchOn;
  readonly pagination: Pick<PaginationProps, 'currentPageIndex' | 'pagesCount' | 'openEnd' | 'onChange'>;
}

interface Position {
  /** Identifies the list that the cursors belong to. */
  readonly list: string;
  readonly cursors: readonly (string | undefined)[];
  readonly index: number;
}

/** The API gives no longer page. */
const maxLimit = 100;
const none: readonly never[] = [];

/**
 * Reads a list page by page, newest first, and reads the page shown again and again. Cursors only lead forward, so those
 * of earlier pages are kept to go back to them.
 */
export function usePages<T>({ route, filters = {}, limit, idOf, load, poll }: PagesOf<T>): Pages<T> {
  const call = useApi();
  const list = JSON.stringify([route, filters, limit]);
  const start: Position = { list, cursors: [undefined], index: 0 };
  const [position, setPosition] = useState(start);
  const { cursors, index } = position.list === list ? position : start;
  const cursor = cursors[index];
  // A page above which rows are held back is read so much longer, or its last rows would be missing.
  const heldBack = useRef(0);

  const { data, error, isPending, isPlaceholderData, dataUpdatedAt, refetch } = useQuery<Page<T>>({
    queryKey: [route, filters, limit, cursor],
    queryFn: ({ signal }) =>
      load(call, { limit: Math.min(maxLimit, limit + (cursor === undefined ? heldBack.current : 0)), cursor }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data === undefined ? false : poll(state.data.data)),
  });
  // Read again when this route is, after an act, but not polled: it tells that rows found by a search may be outdated.
  const changed = useQuery({ queryKey: [route, 'changed'], queryFn: () => null, staleTime: Infinity });
  const page = `${list} ${index} ${isPlaceholderData}`;
  const read = data?.data ?? none;
  const end = isPlaceholderData ? undefined : (data?.next_cursor ?? undefined);
  const { rows, arrivals } = useArrivals({ list: page, items: read, idOf, isWhole: data?.has_more === false });
  useEffect(() => {
    heldBack.current = arrivals.count;
  }, [arrivals.count]);
  const { found, next, search } = useSearchOn({
    page,
    from: read.length < limit ? end : undefined,
    wanted: limit - read.length,
    readAt: dataUpdatedAt,
    revision: changed.dataUpdatedAt,
    load: (wanted, signal) => load(call, wanted, signal),
  });

  const after = read.length < limit && !isPlaceholderData ? next : end;
  const goTo = (to: number) => {
    // What follows this page may have changed since it was first left.
    if (to === index + 1 && after !== undefined && after !== cursors[to])
      setPosition({ list, cursors: [...cursors.slice(0, to), after], index: to });
    else if (to < cursors.length) setPosition({ list, cursors, index: to });
  };
  return {
    items: withFound(rows, found, idOf),
    loading: isPending,
    error: error ?? search.error,
    refresh: () => {
      void refetch();
      void changed.refetch();
    },
    arrivals,
    search,
    pagination: {
      currentPageIndex: index + 1,
      pagesCount: cursors.length,
      openEnd: index === cursors.length - 1 && after !== undefined && !search.isOn,
      onChange: ({ detail }) => goTo(detail.currentPageIndex - 1),
    },
  };
}

function withFound<T>(rows: readonly T[], found: readonly T[], idOf: (item: T) => string): readonly T[] {
  if (found.length === 0) return rows;
  const shown = new Set(rows.map(idOf));
  return [...rows, ...found.filter((row) => !shown.has(idOf(row)))];
}
