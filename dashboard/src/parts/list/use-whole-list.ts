import { useQuery } from '@tanstack/react-query';
import type { Call } from '../../api/call';
import type { Page, ReadRoute } from '../../api/routes';
import { useApi } from '../../api/use-api';

const pageSize = 100;
/** A longer list is cut here, and `isCut` says so. */
const maxPages = 10;
/** A list from which something is chosen may be this old. */
const seldomMs = 300_000;

interface WholeList<T> {
  readonly items: readonly T[];
  /** True if the list has more items than these. */
  readonly isCut: boolean;
}

interface WholeListOf<T> {
  readonly route: ReadRoute;
  /** The id in the route, if it has one. */
  readonly id?: string | number;
  readonly load: (call: Call, page: { limit: number; cursor: string | undefined }) => Promise<Page<T>>;
  readonly enabled?: boolean;
  /** Milliseconds to the next read of a list of one page. A longer list is read so much more seldom. */
  readonly poll?: (items: readonly T[]) => number;
  /** True for a list that is read only once in a while, because it serves to choose something. */
  readonly isSeldomRead?: boolean;
}

/** Reads a short list completely, so that the browser can search and sort it: workflows, endpoints, tokens. */
export function useWholeList<T>({ route, id, load, enabled = true, poll, isSeldomRead = false }: WholeListOf<T>) {
  const call = useApi();
  const query = useQuery<WholeList<T>>({
    queryKey: [route, 'whole', id],
    queryFn: () => readAll((page) => load(call, page)),
    enabled,
    ...(isSeldomRead && { staleTime: seldomMs }),
    refetchInterval: ({ state: { data } }) =>
      poll === undefined || data === undefined ? false : poll(data.items) * pagesOf(data.items),
  });
  return {
    items: query.data?.items ?? none,
    isCut: query.data?.isCut ?? false,
    data: query.data?.items,
    loading: query.isPending && enabled,
    error: query.error,
    refresh: () => void query.refetch(),
  };
}

const none: readonly never[] = [];

function pagesOf(items: readonly unknown[]): number {
  return Math.max(1, Math.ceil(items.length / pageSize));
}

async function readAll<T>(
  load: (page: { limit: number; cursor: string | undefined }) => Promise<Page<T>>,
): Promise<WholeList<T>> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < maxPages; pages += 1) {
    const page = await load({ limit: pageSize, cursor });
    items.push(...page.data);
    if (page.next_cursor === null) return { items, isCut: false };
    cursor = page.next_cursor;
  }
  return { items, isCut: true };
}
