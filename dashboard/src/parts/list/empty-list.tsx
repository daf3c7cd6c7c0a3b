import Button from '@cloudscape-design/components/button';
import type { ReactNode } from 'react';
import { NoRows } from '../load-state';
import type { Pages } from './use-pages';

interface EmptyListProps {
  readonly pages: Pick<Pages<unknown>, 'error' | 'refresh' | 'continueSearch'>;
  /** Lower-case: `run`, `runs`. */
  readonly noun: [one: string, many: string];
  /** Undefined when no filter is set. */
  readonly clearFilters: (() => void) | undefined;
  /** Explains how the first row comes about. Shown when there is none. */
  readonly children: ReactNode;
}

/** The body of a list page without rows: nothing exists yet, nothing matches, or the search has not reached the end. */
export function EmptyList({ pages, noun: [one, many], clearFilters, children }: EmptyListProps) {
  const { error, refresh, continueSearch } = pages;
  if (continueSearch !== undefined) {
    return (
      <NoRows error={error} retry={refresh} title={`None of the 1,000 ${many} searched matches`}>
        <Button onClick={continueSearch}>{`Search older ${many}`}</Button>
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
