import type { PaginationProps } from '@cloudscape-design/components/pagination';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Call } from '../../api/call';
import type { Page, ReadRoute } from '../../api/routes';
import { useApi } from '../../api/use-api';

interface PagesOf<T> {
  readonly route: ReadRoute;
  /** A list with other filters is another list, which starts at its first page. */
  readonly filters?: object;
  readonly limit: number;
  readonly load: (
    call: Call,
    page: { limit: number; cursor: string | undefined },
    signal: AbortSignal,
  ) => Promise<Page<T>>;
  /** Returns the milliseconds to the next read, or false to stop polling. A hidden tab does not poll. */
  readonly poll?: (items: readonly T[]) => number | false;
}

export interface Pages<T> {
  readonly items: readonly T[];
  readonly loading: boolean;
  readonly error: unknown;
  readonly refresh: () => void;
  /** Searches the next rows. Set when the API found no match in as many rows as it searches for one request. */
  readonly continueSearch: (() => void) | undefined;
  readonly pagination: Pick<PaginationProps, 'currentPageIndex' | 'pagesCount' | 'openEnd' | 'onChange'>;
}

interface Position {
  /** Identifies the list that the cursors belong to. */
  readonly list: string;
  readonly cursors: readonly (string | undefined)[];
  readonly index: number;
}

/** Reads a list page by page. Cursors only lead forward, so those of earlier pages are kept to go back to them. */
export function usePages<T>({ route, filters = {}, limit, load, poll }: PagesOf<T>): Pages<T> {
  const call = useApi();
  const list = JSON.stringify([route, filters, limit]);
  const start: Position = { list, cursors: [undefined], index: 0 };
  const [position, setPosition] = useState(start);
  const { cursors, index } = position.list === list ? position : start;
  const cursor = cursors[index];

  const { data, error, isPending, isPlaceholderData, refetch } = useQuery<Page<T>>({
    queryKey: [route, filters, limit, cursor],
    queryFn: ({ signal }) => load(call, { limit, cursor }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (poll !== undefined && state.data !== undefined ? poll(state.data.data) : false),
  });
  const next = isPlaceholderData ? undefined : (data?.next_cursor ?? undefined);
  const goTo = (to: number) => {
    if (to < cursors.length) setPosition({ list, cursors, index: to });
    else if (next !== undefined) setPosition({ list, cursors: [...cursors, next], index: cursors.length });
  };
  const items = data?.data ?? [];
  return {
    items,
    loading: isPending,
    error,
    refresh: () => void refetch(),
    continueSearch: items.length === 0 && next !== undefined ? () => goTo(index + 1) : undefined,
    pagination: {
      currentPageIndex: index + 1,
      pagesCount: cursors.length,
      openEnd: index === cursors.length - 1 && next !== undefined,
      onChange: ({ detail }) => goTo(detail.currentPageIndex - 1),
    },
  };
}
