import Button from '@cloudscape-design/components/button';
import type { ReactNode } from 'react';
import { NoRows } from '../load-state';
import type { Pages } from './use-pages';

interface EmptyListProps {
  readonly pages: Pick<Pages<unknown>, 'error' | 'refresh' | 'search'>;
  /** Lower-case: `run`, `runs`. */
  readonly noun: [one: string, many: string];
  /** Undefined when no filter is set. */
  readonly clearFilters: (() => void) | undefined;
  /** Explains how the first row comes about. Shown when there is none. */
  readonly children: ReactNode;
}

/** The body of a list page without rows: nothing exists yet, nothing matches, or older rows are still to be searched. */
export function EmptyList({ pages, noun: [one, many], clearFilters, children }: EmptyListProps) {
  const { error, refresh, search } = pages;
  if (search.hasMore) {
    return (
      <NoRows error={error} retry={search.goOn} title={search.isOn ? `No ${one} found yet` : `No ${one} found so far`}>
        {search.isOn ? `Older ${many} are being searched.` : `Older ${many} were not searched.`}
      </NoRows>
    );
  }
  if (clearFilters !== undefined) {
    return (
      <NoRows error={error} retry={refresh} title={`No ${one} matches`}>
        <Button onClick={clearFilters}>Clear the filters</Button>
      </NoRows>
    );
  }
  return (
    <NoRows error={error} retry={refresh} title={`No ${many} yet`}>
      {children}
    </NoRows>
  );
}
