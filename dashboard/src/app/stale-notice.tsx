import Button from '@cloudscape-design/components/button';
import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { useQueryClient, type Query, type QueryCache } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { problemOf } from '../api/api-error';

/** A page keeps its data when reading it again fails. This notice says that the data is out of date. */
export function useStaleNotice(): readonly FlashbarProps.MessageDefinition[] {
  const queries = useQueryClient();
  const cache = queries.getQueryCache();
  const error = useSyncExternalStore(
    useCallback((changed) => cache.subscribe(changed), [cache]),
    () => staleError(cache),
  );
  if (error === undefined) return [];
  return [
    {
      id: 'stale',
      type: 'warning',
      header: 'Not up to date',
      content: `This page shows the data that was loaded last. ${problemOf(error).detail}`,
      action: <Button onClick={() => void queries.refetchQueries({ predicate: isStale })}>Try again</Button>,
    },
  ];
}

function staleError(cache: QueryCache): unknown {
  return cache.getAll().find(isStale)?.state.error ?? undefined;
}

function isStale(query: Query): boolean {
  return query.isActive() && query.state.status === 'error' && query.state.data !== undefined;
}
