import { useEffect, useState } from 'react';
import type { Page } from '../../../api/routes';

/** So many requests, then the person is asked. */
const requestsAtOnce = 20;
const betweenRequestsMs = 500;
/** The API looks through so many rows for one page of a filtered list. */
const rowsPerRequest = 1_000;
/** A search that took few requests is made again once in a while, because rows change. */
const repeatedAfterMs = 60_000;
const repeatedUpTo = 2;

export interface SearchOn {
  readonly isOn: boolean;
  /** True if the page is not full and there are older rows that were not searched. */
  readonly hasMore: boolean;
  readonly rowsSearched: number;
  readonly error: unknown;
  readonly stop: () => void;
  readonly goOn: () => void;
}

interface SearchOf<T> {
  /** Identifies the page that is filled. Another page is another search. */
  readonly page: string;
  /** Where the search continues; undefined if the page is full or the list has ended. */
  readonly from: string | undefined;
  readonly wanted: number;
  /** When the page was read last. */
  readonly readAt: number;
  /** Changes when somebody changed rows of the list, or asked for it to be read again. */
  readonly revision: number;
  readonly load: (page: { limit: number; cursor: string }, signal: AbortSignal) => Promise<Page<T>>;
}

interface State<T> {
  readonly page: string;
  readonly startedAt: number;
  readonly revision: number;
  readonly found: readonly T[];
  readonly next: string | undefined;
  readonly requests: number;
  /** The search stops at this number of requests. */
  readonly until: number;
  readonly error: unknown;
  /** What an earlier search found. Shown until this one has ended. */
  readonly earlier: readonly T[];
}

/**
 * Fills a page of a filtered list with older rows, because the API looks through a limited number of rows for each
 * request. Rows are returned as they are found.
 */
export function useSearchOn<T>({ page, from, wanted, readAt, revision, load }: SearchOf<T>) {
  const none: State<T> = { ...blank, page, next: from, startedAt: readAt, revision };
  const [state, setState] = useState(none);
  let current = state;
  if (state.page !== page || (state.requests === 0 && state.next !== from)) current = none;
  else if (state.revision !== revision || isDue(state, readAt)) current = { ...none, earlier: state.found };
  if (current !== state) setState(current);

  const { found, next, requests, until, earlier } = current;
  const isOn = next !== undefined && found.length < wanted && requests < until && wanted > 0 && from !== undefined;
  useEffect(() => {
    if (!isOn) return undefined;
    const aborting = new AbortController();
    const timer = setTimeout(
      () => {
        load({ limit: wanted - found.length, cursor: next }, aborting.signal).then(
          ({ data, next_cursor: cursor }) =>
            setState((last) => ({
              ...last,
              found: [...last.found, ...data],
              next: cursor ?? undefined,
              requests: last.requests + 1,
            })),
          (error: unknown) => {
            if (!aborting.signal.aborted) setState((last) => ({ ...last, until: last.requests, error }));
          },
        );
      },
      requests === 0 ? 0 : betweenRequestsMs,
    );
    return () => {
      clearTimeout(timer);
      aborting.abort();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `load` is new with every render and always the same act
  }, [isOn, next, requests, page]);

  const search: SearchOn = {
    isOn,
    hasMore: next !== undefined && found.length < wanted && from !== undefined,
    rowsSearched: (requests + 1) * rowsPerRequest,
    error: current.error,
    stop: () => setState({ ...current, until: requests }),
    goOn: () => setState({ ...current, until: requests + requestsAtOnce, error: null }),
  };
  return { found: isOn && found.length < earlier.length ? earlier : found, next, search };
}

const blank = { found: [], requests: 0, until: requestsAtOnce, error: null, earlier: [] };

function isDue<T>({ startedAt, requests, until }: State<T>, readAt: number): boolean {
  return requests > 0 && requests <= repeatedUpTo && until > requests && readAt - startedAt > repeatedAfterMs;
}
