import { useQuery } from '@tanstack/react-query';
import type { Call } from '../../api/call';
import type { Page, ReadRoute } from '../../api/routes';
import { useApi } from '../../api/use-api';

const pageSize = 100;
/** Enough for every tenant there is; a list that is cut here says so. */
const maxPages = 10;

interface WholeList<T> {
  readonly items: readonly T[];
  readonly isCut: boolean;
}

interface WholeListOf<T> {
  readonly route: ReadRoute;
  /** Id of what the list belongs to, where the route names one. */
  readonly of?: string | number;
  readonly load: (call: Call, page: { limit: number; cursor: string | undefined }) => Promise<Page<T>>;
  readonly enabled?: boolean;
  readonly poll?: (items: readonly T[]) => number | false;
}

/** A short list read to its end, so that it can be searched and sorted in the page: workflows, endpoints, tokens. */
export function useWholeList<T>({ route, of, load, enabled = true, poll }: WholeListOf<T>) {
  const call = useApi();
  const query = useQuery<WholeList<T>>({
    queryKey: [route, 'whole', of],
    queryFn: () => readAll((page) => load(call, page)),
    enabled,
    refetchInterval: ({ state }) => (poll !== undefined && state.data !== undefined ? poll(state.data.items) : false),
  });
  return {
    items: query.data?.items ?? [],
    isCut: query.data?.isCut ?? false,
    data: query.data?.items,
    loading: query.isPending && enabled,
    error: query.error,
    refresh: () => void query.refetch(),
  };
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
