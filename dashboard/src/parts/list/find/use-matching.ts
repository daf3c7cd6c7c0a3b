import { useEffect, useRef, useState } from 'react';
import type { Page } from '../../../api/routes';
import { useApi } from '../../../api/use-api';
import type { LoadPage, Pages } from '../use-pages';

/** More rows are not changed at once. */
export const mostMatching = 1_000;
const mostRequests = 20;
const pageSize = 100;

interface MatchingOf<T> {
  /** Identifies the list and its filters. */
  readonly list: string;
  readonly load: LoadPage<T>;
  /** The rows selected on the page. */
  readonly selected: readonly T[];
  readonly pages: Pick<Pages<T>, 'items' | 'pagination'>;
}

interface Collected<T> {
  readonly list: string;
  readonly rows: readonly T[];
  readonly isOn: boolean;
  /** True if there may be more rows that match. */
  readonly isCut: boolean;
  readonly error: unknown;
}

/** Collects the rows of all pages of a list, so that one act can be done to all of them. */
export function useMatching<T>({ list, load, selected, pages }: MatchingOf<T>) {
  const { items, pagination } = pages;
  // What was collected is dropped when a row of the page is unselected, and when another page is shown.
  const isAllSelected = items.length > 0 && selected.length === items.length;
  const hasOthers = pagination.openEnd === true || pagination.pagesCount > 1;
  const call = useApi();
  const [collected, setCollected] = useState<Collected<T>>();
  const collecting = useRef<AbortController>(undefined);
  const isValid = collected?.list === list && isAllSelected;
  if (collected !== undefined && !isValid) setCollected(undefined);
  useEffect(() => {
    if (!isValid) collecting.current?.abort();
  }, [isValid]);
  useEffect(() => () => collecting.current?.abort(), []);

  const collect = async () => {
    const aborting = new AbortController();
    collecting.current = aborting;
    const { signal } = aborting;
    const show = (rows: readonly T[], rest: Partial<Collected<T>>) =>
      setCollected({ list, rows, isOn: false, isCut: true, error: null, ...rest });
    let rows: readonly T[] = [];
    show(rows, { isOn: true });
    try {
      let cursor: string | undefined;
      for (let requests = 0; requests < mostRequests && rows.length < mostMatching; requests += 1) {
        const page: Page<T> = await load(call, { limit: pageSize, cursor }, signal);
        rows = [...rows, ...page.data].slice(0, mostMatching);
        if (page.next_cursor === null) {
          show(rows, { isCut: false });
          return;
        }
        cursor = page.next_cursor;
        show(rows, { isOn: true });
      }
      show(rows, {});
    } catch (error) {
      if (!signal.aborted) show(rows, { error });
    }
  };
  const stop = () => {
    collecting.current?.abort();
    setCollected((last) => last && { ...last, isOn: false, isCut: true });
  };
  const known = isValid ? collected : undefined;
  return {
    isOffered: isAllSelected && hasOthers,
    collected: known,
    chosen: known === undefined || known.isOn ? selected : known.rows,
    collect,
    stop,
  };
}

export type Matching<T> = ReturnType<typeof useMatching<T>>;
