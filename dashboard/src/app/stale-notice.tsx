import Button from '@cloudscape-design/components/button';
import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { useQueryClient, type Query, type QueryCache } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { problemOf } from '../api/api-error';

/** What a page shows stays while reading it again fails; this says that it is older than it looks. */
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
      content: `This page shows what was read last. ${problemOf(error).detail}`,
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
