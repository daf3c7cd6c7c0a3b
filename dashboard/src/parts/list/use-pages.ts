import type { PaginationProps } from '@cloudscape-design/components/pagination';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Call } from '../../api/call';
import type { Page, ReadRoute } from '../../api/routes';
import { useApi } from '../../api/use-api';

interface PagesOf<T> {
  readonly route: ReadRoute;
  /** With the route what tells one list from another. */
  readonly filters?: object;
  readonly limit: number;
  readonly load: (
    call: Call,
    page: { limit: number; cursor: string | undefined },
    signal: AbortSignal,
  ) => Promise<Page<T>>;
  /** Milliseconds to the next read while rows may change. Nothing is read while the tab is hidden. */
  readonly poll?: (items: readonly T[]) => number | false;
}

export interface Pages<T> {
  readonly items: readonly T[];
  readonly loading: boolean;
  readonly error: unknown;
  readonly refresh: () => void;
  /** Set when the API looked through as many rows as it does at once and found nothing: goes on from there. */
  readonly lookFurther: (() => void) | undefined;
  readonly pagination: Pick<PaginationProps, 'currentPageIndex' | 'pagesCount' | 'openEnd' | 'onChange'>;
}

interface Place {
  readonly list: string;
  readonly cursors: readonly (string | undefined)[];
  readonly index: number;
}

/** A list page by page. Cursors lead forward only, so the ones met are kept for the way back; other filters start over. */
export function usePages<T>({ route, filters = {}, limit, load, poll }: PagesOf<T>): Pages<T> {
  const call = useApi();
  const list = JSON.stringify([route, filters, limit]);
  const start: Place = { list, cursors: [undefined], index: 0 };
  const [kept, setPlace] = useState(start);
  const { cursors, index } = kept.list === list ? kept : start;
  const cursor = cursors[index];

  const { data, error, isPending, isPlaceholderData, refetch } = useQuery<Page<T>>({
    queryKey: [route, filters, limit, cursor],
    queryFn: ({ signal }) => load(call, { limit, cursor }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (poll !== undefined && state.data !== undefined ? poll(state.data.data) : false),
  });
  const next = isPlaceholderData ? undefined : (data?.next_cursor ?? undefined);
  const goTo = (to: number) => {
    if (to < cursors.length) setPlace({ list, cursors, index: to });
    else if (next !== undefined) setPlace({ list, cursors: [...cursors, next], index: cursors.length });
  };
  const items = data?.data ?? [];
  return {
    items,
    loading: isPending,
    error,
    refresh: () => void refetch(),
    lookFurther: items.length === 0 && next !== undefined ? () => goTo(index + 1) : undefined,
    pagination: {
      currentPageIndex: index + 1,
      pagesCount: cursors.length,
      openEnd: index === cursors.length - 1 && next !== undefined,
      onChange: ({ detail }) => goTo(detail.currentPageIndex - 1),
    },
  };
}
