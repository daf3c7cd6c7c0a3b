import Button from '@cloudscape-design/components/button';
import type { ReactNode } from 'react';
import { NoRows } from '../load-state';
import type { Pages } from './use-pages';

interface EmptyListProps {
  readonly pages: Pick<Pages<unknown>, 'error' | 'refresh' | 'lookFurther'>;
  readonly thing: [one: string, many: string];
  /** Undefined when no filter is set. */
  readonly clearFilters: (() => void) | undefined;
  /** Shown when there are no rows at all: how the first one comes about. */
  readonly children: ReactNode;
}

/** The body of a list page without rows: nothing exists yet, nothing matches, or the search has not reached the end. */
export function EmptyList({ pages, thing: [one, many], clearFilters, children }: EmptyListProps) {
  const { error, refresh, lookFurther } = pages;
  if (lookFurther !== undefined) {
    return (
      <NoRows error={error} retry={refresh} title={`None of the 1,000 ${many} searched matches`}>
        <Button onClick={lookFurther}>{`Search older ${many}`}</Button>
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
